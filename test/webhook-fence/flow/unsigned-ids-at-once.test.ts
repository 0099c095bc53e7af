import { MemoryOnce } from '#adapters/webhook-fence/memory/memory-once.ts';
import { systemClock } from '#shared/aws/system-clock.ts';
import { fenceWith, paid } from './fences.ts';
import { GithubSender } from './github-sender.ts';
import { payment } from './simulator.ts';

const busy = { statusCode: 503, headers: { 'retry-after': '5' }, json: { code: 'STILL_WORKING' } };
const conflict = { statusCode: 409, json: { code: 'DUPLICATE_CONFLICT' } };
const soon = () => new Promise(done => setTimeout(done, 5));

/** Holds up the next call of a method until it is let go. */
function hold(port: object, method: string) {
  const target = port as Record<string, (...args: unknown[]) => Promise<unknown>>;
  const well = target[method]!.bind(port);
  let go = () => {};
  let fail = () => {};
  const gate = new Promise<void>((resolve, reject) => {
    go = resolve;
    fail = () => reject(new Error('down'));
  });
  target[method] = async (...args) => {
    target[method] = well;
    await gate;
    return well(...args);
  };
  return { go, fail };
}

/** A content that is at work under an id, held up before its archive is written. */
async function atWork(github = new GithubSender()) {
  const held = hold(github.fence.ports.files, 'write');
  const first = github.send('d-1', payment('p-1', 1));
  await soon();
  return { github, ...held, first };
}

describe('two contents under one id that is not signed', () => {
  it('at the same moment make one event, and the other is a conflict', async () => {
    const once = new MemoryOnce(systemClock);
    const github = new GithubSender({}, { ports: { clock: systemClock, once } });
    const ends = await Promise.all([1, 2].map(cents => github.send('d-1', payment('p-1', cents))));
    expect(ends.map(({ statusCode }) => statusCode).sort()).toEqual([202, 409]);
    expect(github.fence.events()).toHaveLength(1);
    expect(github.fence.tally()).toMatchObject({ published: 1, quarantined: 1 });
  });

  it('while the first is at work: the other waits 2 seconds and is told to come again', async () => {
    const { github, go, first } = await atWork();
    const before = github.fence.ports.clock.now();
    expect(await github.send('d-1', payment('p-1', 2))).toMatchObject(busy);
    expect(github.fence.ports.clock.now() - before).toBe(2_000);
    go();
    expect((await first).statusCode).toBe(202);
    expect(await github.send('d-1', payment('p-1', 2))).toMatchObject(conflict);
    expect(github.fence.events()).toMatchObject([{ data: { cents: 1 } }]);
    expect(github.fence.tally()).toMatchObject({ published: 1, rejected: 1, quarantined: 1 });
  });

  it('of which the first fails: the other is taken', async () => {
    const { github, fail, first } = await atWork();
    expect(await github.send('d-1', payment('p-1', 2))).toMatchObject(busy);
    fail();
    expect((await first).statusCode).toBe(503);
    expect((await github.send('d-1', payment('p-1', 2))).statusCode).toBe(202);
    expect(github.fence.events()).toMatchObject([{ data: { cents: 2 } }]);
  });

  it('of which the first, once quarantined, is being processed again: the other waits as well', async () => {
    const fails = () => {
      throw new Error('a bug');
    };
    const github = new GithubSender({ accepts: [{ ...paid, map: fails }] });
    expect((await github.send('d-1', payment('p-1', 1))).json.code).toBe('MAPPING_FAILED');
    github.fence.deploy(fenceWith({ scheme: 'github' }));
    const { go, first } = await atWork(github);
    expect(await github.send('d-1', payment('p-1', 2))).toMatchObject(busy);
    go();
    expect((await first).json.status).toBe('published');
    expect(await github.send('d-1', payment('p-1', 2))).toMatchObject(conflict);
    expect(github.fence.events()).toMatchObject([{ data: { cents: 1 } }]);
  });

  it('of which the first failed and comes again just while the other frees the id of it', async () => {
    const github = new GithubSender();
    const failed = await atWork(github);
    failed.fail();
    await failed.first;
    const freeing = hold(github.fence.ports.idClaims, 'release');
    const other = github.send('d-1', payment('p-1', 2));
    await soon();
    const { go, first } = await atWork(github);
    freeing.go();
    expect(await other).toMatchObject(busy);
    go();
    expect((await first).statusCode).toBe(202);
    expect(github.fence.events()).toMatchObject([{ data: { cents: 1 } }]);
  });
});

describe('a content under such an id that an operator reprocesses', () => {
  const fails = () => {
    throw new Error('a bug');
  };

  it('stays quarantined when its correction was published under that id meanwhile', async () => {
    const github = new GithubSender({ accepts: [{ ...paid, map: fails }] });
    const { json } = await github.send('d-1', payment('p-1', 1));
    expect(json.status).toBe('quarantined');
    github.fence.deploy(fenceWith({ scheme: 'github' }));
    expect((await github.send('d-1', payment('p-1', 2))).statusCode).toBe(202);
    expect(await github.fence.redrive(json)).toEqual([]);
    expect(github.fence.events()).toMatchObject([{ data: { cents: 2 } }]);
    const said = github.fence.ports.log.lines.filter(({ event }) => event === 'drain conflict');
    expect(said).toMatchObject([{ fields: { correlationId: json.correlationId } }]);
  });

  it('is published when nothing else came under it', async () => {
    const github = new GithubSender({ accepts: [{ ...paid, map: fails }] });
    const { json } = await github.send('d-1', payment('p-1', 1));
    github.fence.deploy(fenceWith({ scheme: 'github' }));
    expect(await github.fence.redrive(json)).toEqual([]);
    expect(github.fence.events()).toMatchObject([{ data: { cents: 1 } }]);
    expect((await github.send('d-1', payment('p-1', 2))).statusCode).toBe(409);
  });
});
