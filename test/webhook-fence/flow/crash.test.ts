import type { WebhookFence } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { tallied } from '#shared/core/outcome/tally.ts';
import type { CrashPlan } from '#shared/memory/faulty.ts';
import { fenceWith, paid } from './fences.ts';
import { GithubSender } from './github-sender.ts';
import { type Answered, FenceSimulator, otherSecret, payment } from './simulator.ts';

const right = fenceWith({ tenantQuota: { requests: 100, perSeconds: 60 } });
const broken = fenceWith({
  accepts: [
    {
      ...paid,
      map: () => {
        throw new Error('a bug');
      },
    },
  ],
});

const busDown = (fence: FenceSimulator, isDown = true): void => {
  fence.ports.bus.answer = () => (isDown ? { kind: 'throttled', reason: 'down' } : { kind: 'accepted' });
};

/** Sends until the answer is final, as providers do; between two attempts the function is another process. */
async function deliver(
  fence: FenceSimulator,
  send: (attempt: number) => Promise<Answered>,
  final: readonly number[] = [202],
) {
  for (let attempt = 1; ; attempt++) {
    const answer = await send(attempt);
    if (final.includes(answer.statusCode)) return answer.json;
    expect([attempt < 6, answer.statusCode]).toEqual([true, 503]);
    fence.revive();
    fence.ports.clock.advance(40_000);
  }
}

async function drained(fence: FenceSimulator): Promise<void> {
  busDown(fence, false);
  fence.revive();
  expect(await fence.drain()).toEqual([]);
}

/** A way in which deliveries are processed: what is sent and done, until each is published. Gives their correlation ids. */
interface Way {
  readonly start: (crash?: CrashPlan) => FenceSimulator;
  readonly events: number;
  readonly play: (fence: FenceSimulator) => Promise<unknown[]>;
}

const plain =
  (contract: WebhookFence = right): Way['start'] =>
  crash =>
    new FenceSimulator(contract, crash && { crash });

/** Deliveries of which two become events, beside a forged one. */
async function several(fence: FenceSimulator): Promise<unknown[]> {
  await fence.send({ id: 'forged', secret: otherSecret });
  fence.revive();
  const taken: Record<string, unknown>[] = [];
  for (const [i, body] of [payment('p-1'), payment('p-2'), '{"type":"ping"}', 'null'].entries())
    taken.push(await deliver(fence, () => fence.send({ id: `msg_${i}`, body })));
  await drained(fence);
  return taken.slice(0, 2).map(({ correlationId }) => correlationId);
}

const github = (changes = {}): Pick<Way, 'start'> & { sender: (fence: FenceSimulator) => GithubSender } => {
  const senders = new WeakMap<FenceSimulator, GithubSender>();
  return {
    start: crash => {
      const sender = new GithubSender(changes, crash && { crash });
      senders.set(sender.fence, sender);
      return sender.fence;
    },
    sender: fence => senders.get(fence)!,
  };
};

const unsigned = github();
const byFields = github({
  idempotency: { key: { bodyField: '/data/id' } },
  payloadHash: { fields: ['/data'] },
});

const ways: Readonly<Record<string, Way>> = {
  'several deliveries, one after the other': { start: plain(), events: 2, play: several },
  'several deliveries while the bus is down': {
    start: plain(),
    events: 2,
    play: fence => {
      busDown(fence);
      return several(fence);
    },
  },
  'a delivery whose id is not signed': {
    ...unsigned,
    events: 1,
    play: async fence => {
      const { correlationId } = await deliver(fence, () => unsigned.sender(fence).send('d-1'));
      return [correlationId];
    },
  },
  'a delivery that is known by fields, every attempt with another body, while the bus is down': {
    ...byFields,
    events: 1,
    play: async fence => {
      busDown(fence);
      const { correlationId } = await deliver(fence, attempt =>
        byFields.sender(fence).send('d-1', payment().replace('}}', `},"attempt":${attempt}}`)),
      );
      await drained(fence);
      return [correlationId];
    },
  },
  'a quarantined delivery that is sent again after the contract was fixed': {
    start: plain(broken),
    events: 1,
    play: async fence => {
      await deliver(fence, () => fence.send());
      fence.deploy(right);
      const { correlationId } = await deliver(fence, () => fence.send());
      return [correlationId];
    },
  },
  'a quarantined delivery that is sent again while the bus is down': {
    start: plain(broken),
    events: 1,
    play: async fence => {
      await deliver(fence, () => fence.send());
      fence.deploy(right);
      busDown(fence);
      const { correlationId } = await deliver(fence, () => fence.send());
      await drained(fence);
      return [correlationId];
    },
  },
  'a quarantined delivery that an operator reprocesses, at first too early': {
    start: plain(broken),
    events: 1,
    play: async fence => {
      const taken = await deliver(fence, () => fence.send());
      expect(await fence.redrive(taken)).toEqual([]);
      fence.deploy(right);
      expect(await fence.redrive(taken)).toEqual([]);
      return [taken.correlationId];
    },
  },
  'a quarantined delivery that is corrected under its id, then reprocessed as well': {
    start: plain(),
    events: 1,
    play: async fence => {
      const taken = await deliver(fence, () => fence.send({ body: payment('p-1', -1) }));
      await deliver(fence, () => fence.send({ body: payment('p-1', 1) }));
      expect(await fence.redrive(taken)).toEqual([]);
      return [taken.correlationId];
    },
  },
  'an accepted delivery that its drain quarantines, then reprocessed': {
    start: plain(),
    events: 1,
    play: async fence => {
      busDown(fence);
      const taken = await deliver(fence, () => fence.send());
      fence.deploy(broken);
      await drained(fence);
      fence.deploy(right);
      expect(await fence.redrive(taken)).toEqual([]);
      return [taken.correlationId];
    },
  },
};

/** A sender whose id is not signed, and whose every attempt has another body. */
function restless(crash: CrashPlan) {
  const sender = new GithubSender({}, { crash });
  const body = (attempt: number) => payment().replace('}}', `},"attempt":${attempt}}`);
  return { fence: sender.fence, send: (attempt: number) => sender.send('d-1', body(attempt)) };
}

/** Requests that the log gives an outcome. What a dead process still says is not heard. */
function settled(fence: FenceSimulator): number {
  const { lines } = fence.ports.log;
  const died = new Set(
    lines.filter(({ fields }) => isCrash(fields.error)).map(({ fields }) => fields.requestId),
  );
  const heard = lines.filter(
    ({ event, fields }) => event === 'request settled' && (fields.drained || !died.has(fields.requestId)),
  );
  return heard.length;
}

const isCrash = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'Crash';

async function played({ start, play }: Way, crash?: CrashPlan) {
  const fence = start(crash);
  const ids = await play(fence);
  fence.revive();
  const calls = fence.calls.length;
  const statuses = await Promise.all(ids.map(id => fence.status(id)));
  return {
    fence,
    calls,
    eventIds: fence.eventIds(),
    statuses: statuses.map(({ json }) => json.status),
    /** Without an outcome, because their process died before it could say it. */
    unsettled: fence.received - settled(fence),
  };
}

describe('a process that dies at any call', () => {
  it.each(Object.entries(ways))('loses, doubles and miscounts nothing of %s', async (_, way) => {
    const well = await played(way);
    expect(well.eventIds).toHaveLength(way.events);
    expect(well.statuses).toEqual(well.statuses.map(() => 'published'));
    expect(tallied(well.fence.tally())).toBe(well.fence.received);
    for (let at = 1; at <= well.calls; at++) {
      for (const when of ['before', 'after'] as const) {
        const { eventIds, statuses, unsettled } = await played(way, { at, when });
        const { eventIds: ids, statuses: published } = well;
        expect({ at, when, eventIds, statuses }).toEqual({ at, when, eventIds: ids, statuses: published });
        expect([at, when, unsettled >= 0 && unsettled <= 1]).toEqual([at, when, true]);
      }
    }
  });

  it.each([false, true])(
    'binds an id that is not signed only to what it took: retries have other bytes (bus down: %s)',
    async isDown => {
      for (let at = 1; at <= 12; at++) {
        for (const when of ['before', 'after'] as const) {
          const { fence, send } = restless({ at, when });
          busDown(fence, isDown);
          const answer = await deliver(fence, send, [202, 409]);
          await drained(fence);
          const { correlationId, code } = answer;
          const isTaken = fence.events().some(event => event.correlationid === correlationId);
          // The first attempt was taken, and died before it could say so.
          const isConflict = code === 'DUPLICATE_CONFLICT' && fence.eventIds().length === 1;
          expect({ at, when, answer, ends: isTaken !== isConflict }).toMatchObject({ at, when, ends: true });
        }
      }
    },
  );
});
