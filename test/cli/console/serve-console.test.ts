import { Buffer } from 'node:buffer';
import { jest } from '@jest/globals';
import type { AnswerCall } from '#cli/console/call.ts';
import { type RunningConsole, serveConsole } from '#cli/console/serve-console.ts';

const index = { type: 'text/html', body: Buffer.from('') };
let answer: AnswerCall;
let running: RunningConsole;
let session: Record<string, string>;

beforeAll(async () => {
  const files = { index, assets: new Map() };
  running = await serveConsole({ files, answer: call => answer(call) });
  const { hash } = new URL(running.address);
  const opened = await post('/session', { token: hash.replace('#token=', '') });
  const { key } = (await opened.json()) as { key: string };
  session = { cookie: opened.headers.get('set-cookie')!.split(';')[0]!, 'x-edge-key': key };
});

afterAll(() => running.stop());

function post(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  const { origin } = new URL(running.address);
  return fetch(origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin, ...headers },
    body: JSON.stringify(body),
  });
}

describe('the server of the console', () => {
  it('answers 500 when an answer cannot be written as JSON, and goes on', async () => {
    const logged = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    answer = async () => 1n;
    const failed = await post('/ask/anything', {}, session);
    expect([failed.status, await failed.json()]).toEqual([
      500,
      { message: 'The console failed. The terminal in which it runs says why.' },
    ]);
    expect(logged).toHaveBeenCalledTimes(1);
    logged.mockRestore();
    answer = async ({ name, input }) => ({ name, input });
    const next = await post('/ask/anything', { a: 1 }, session);
    expect([next.status, await next.json()]).toEqual([200, { name: 'anything', input: { a: 1 } }]);
  });

  it('refuses a request that is too large, and says so', async () => {
    const refused = await post('/ask/anything', { text: 'x'.repeat(17 * 1_048_576) }, session);
    expect([refused.status, await refused.json()]).toEqual([
      400,
      { message: 'The request has more than 16777216 bytes.' },
    ]);
  });
});
