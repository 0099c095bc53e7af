import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFile, readCloudFile } from '#local/cloud-file.ts';
import { listenAt, readPorts, writePorts } from '#local/kept-ports.ts';
import { Listener } from '#local/listener.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'edge-cloud-file-'));
const written = (pid: number): string => {
  const path = folder();
  writeFileSync(
    join(path, 'cloud.json'),
    JSON.stringify({ pid, endpoints: { console: 'http://127.0.0.1:9' } }),
  );
  return path;
};

describe('the cloud that is up', () => {
  it('is read while its process lives', () => {
    expect(readCloudFile(written(process.pid)).pid).toBe(process.pid);
  });

  it('is gone when its process was killed, and the command to run is told', () => {
    expect(() => readCloudFile(written(2 ** 30))).toThrow(/gone.*killed.*npm start/);
  });

  it('is none when there is no file', () => {
    expect(() => readCloudFile(folder())).toThrow(/No local cloud is up.*npm start/);
  });

  it('has a folder that can be used, or tells what is wrong with it', () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    expect(() => new CloudFile(file)).toThrow(/state folder .* it is not a folder/);
  });
});

describe('the ports of the last cloud', () => {
  it('are used again', async () => {
    const state = folder();
    const first = new Listener();
    await listenAt(first, { given: undefined, kept: readPorts(state).front });
    const port = Number(new URL(first.origin).port);
    writePorts(state, { front: port, http: port });
    await first.stop();
    const second = new Listener();
    await listenAt(second, { given: undefined, kept: readPorts(state).front });
    expect(second.origin).toBe(first.origin);
    await second.stop();
  });

  it('give way to a free one when somebody else has them', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const listener = new Listener();
    await listenAt(listener, { given: undefined, kept: port });
    expect(Number(new URL(listener.origin).port)).not.toBe(port);
    await listener.stop();
    other.close();
  });
});
