import { takeMessage } from '#adapters/file-lane/flow/take-message.ts';
import { type MemoryPorts, memoryPorts } from '#adapters/file-lane/memory/memory-ports.ts';
import { limits } from '#shared/contract/limits.ts';
import { AccessDenied } from '#shared/ports.ts';
import { header, laneWith, rows } from './lanes.ts';
import { LaneSimulator, noticeOf } from './simulator.ts';

const take = (ports: MemoryPorts, body: string, receives: number) => {
  const invocation = { id: `invocation-${receives}`, remainingMilliseconds: () => 900_000 };
  return takeMessage({ lane: laneWith(), ports, invocation, bounds: limits }, { body, receives });
};

const noticeIn = (ports: MemoryPorts): string => {
  const object = ports.files.put('inbound', 'shop/in/items_1.csv', header + rows(2));
  return JSON.stringify(noticeOf(object, { id: 'notice-1', now: ports.clock.now() }));
};

describe('a message of the lane’s queue', () => {
  it.each(['nonsense', '{"kind":"other"}', '{"kind":"edge.settle","handoffId":"shop-items.1"}'])(
    'that is none of its own (%s) is kept among the dead letters at once',
    async body => {
      const ports = memoryPorts();
      expect(await take(ports, body, 1)).toEqual({ kind: 'done' });
      expect(ports.deadLetters.kept).toEqual([
        { body, integration: 'shop-items', reason: 'MESSAGE_UNREADABLE', receives: 1 },
      ]);
    },
  );

  it('that fails before its hand-off is known is kept with the reason at its last receive, not before', async () => {
    const ports = memoryPorts();
    const body = noticeIn(ports);
    ports.ledger.open = async () => Promise.reject(new AccessDenied('no access to the table'));
    expect(await take(ports, body, limits.receivesMax - 1)).toMatchObject({ kind: 'later' });
    expect(ports.deadLetters.kept).toEqual([]);
    expect(await take(ports, body, limits.receivesMax)).toEqual({ kind: 'done' });
    expect(ports.deadLetters.kept).toMatchObject([{ body, reason: 'ACCESS_DENIED', receives: 10 }]);
    expect(ports.deadLetters.kept[0]?.correlationId).toBeUndefined();
  });

  it('that fails by a bug is kept with the hand-off’s id', async () => {
    const ports = memoryPorts();
    const body = noticeIn(ports);
    ports.ledger.begin = async () => Promise.reject(new Error('a bug'));
    expect(await take(ports, body, limits.receivesMax)).toEqual({ kind: 'done' });
    const [handoff] = ports.ledger.all();
    expect(ports.deadLetters.kept).toMatchObject([{ reason: 'WORK_FAILED', correlationId: handoff?.id }]);
    expect(handoff).toMatchObject({
      state: 'received',
      stoppedAt: new Date(ports.clock.now()).toISOString(),
    });
    expect(ports.log.lines).toContainEqual(
      expect.objectContaining({
        event: 'message failed',
        fields: expect.objectContaining({ handoffId: handoff?.id }),
      }),
    );
  });

  it('that fails and comes again says when', async () => {
    const ports = memoryPorts();
    ports.ledger.begin = async () => Promise.reject(new Error('a bug'));
    const end = await take(ports, noticeIn(ports), 3);
    if (end.kind === 'done') throw new Error('the message is finished');
    const nextRetryAt = new Date(ports.clock.now() + 1_000 * end.seconds).toISOString();
    expect(ports.ledger.all()).toMatchObject([{ state: 'received', nextRetryAt }]);
  });

  it('is worked on all the same when the ledger cannot keep when it comes again', async () => {
    const ports = memoryPorts();
    ports.ledger.begin = async () => Promise.reject(new Error('a bug'));
    ports.ledger.recordRetry = async () => Promise.reject(new AccessDenied('no access to the table'));
    expect(await take(ports, noticeIn(ports), limits.receivesMax)).toEqual({ kind: 'done' });
    expect(ports.deadLetters.kept).toHaveLength(1);
  });

  it('that waited for other work until its receives were used up says so', async () => {
    const lane = new LaneSimulator(laneWith());
    lane.ports.ledger.leaseChunk = async (_, { now }) => ({ kind: 'busy', until: now + 60_000 });
    lane.drop('items_1.csv', header + rows(2));
    await lane.run();
    expect(lane.letters).toMatchObject([{ reason: 'WAITED_TOO_LONG', receives: 10 }]);
  });

  it('that cannot be kept comes again, so that the queue moves it itself', async () => {
    const ports = memoryPorts();
    ports.deadLetters.keep = async () => Promise.reject(new AccessDenied('no access to the queue'));
    expect(await take(ports, 'nonsense', limits.receivesMax)).toMatchObject({ kind: 'later' });
    expect(ports.log.lines.at(-1)?.fields).toMatchObject({ reason: 'MESSAGE_UNREADABLE', receives: 10 });
  });
});
