import fc from 'fast-check';
import { callChains } from '#adapters/cdc-feed/core/feed/call-chains.ts';
import { publishInOrder } from '#adapters/cdc-feed/core/feed/publish-in-order.ts';
import { limits } from '#shared/contract/limits.ts';
import type { BusAnswer, BusEntry } from '#shared/core/batch/bus-entry.ts';

const entryOf = (group: string, n: number) => ({
  group,
  entry: { id: `${group} ${n}`, source: 'test', detailType: 'test.v1', detail: JSON.stringify({ group, n }) },
});
const entriesOf = (groups: readonly number[]) => groups.map((group, n) => entryOf(`g${group}`, n));
const details = (entries: readonly BusEntry[]) =>
  entries.map(({ detail }) => JSON.parse(detail) as { group: string; n: number });

/** A bus whose calls take a while, each another. */
function slowBus() {
  const log: { readonly kind: 'begin' | 'end'; readonly call: ReturnType<typeof details> }[] = [];
  return {
    log,
    async put(entries: readonly BusEntry[]): Promise<BusAnswer[]> {
      const call = details(entries);
      log.push({ kind: 'begin', call });
      for (let i = 0; i < (call[0]!.n % 7) + 1; i++) await Promise.resolve();
      log.push({ kind: 'end', call });
      return entries.map(() => ({ kind: 'accepted' }));
    },
  };
}

const clock = { sleep: async () => {}, random: () => 0.5 };
const mayGoOn = () => true;

describe('publishing in order', () => {
  it('takes as few calls as there can be, whatever the groups', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { maxLength: 300 }), groups => {
        const calls = callChains(entriesOf(groups)).flat();
        expect(calls).toHaveLength(Math.ceil(groups.length / limits.putEventsEntriesMax));
        expect(calls.flat().sort((a, b) => a - b)).toEqual(groups.map((_, i) => i));
      }),
    );
  });

  it('takes 100 calls for 1,000 changes, of one row or of a thousand', () => {
    for (const rows of [1, 3, 17, 250, 1_000]) {
      const chains = callChains(entriesOf(Array.from({ length: 1_000 }, (_, i) => i % rows)));
      expect(chains.flat()).toHaveLength(100);
    }
  });

  it('makes many chains where rows are many, so that calls go side by side', () => {
    const chainsOf = (rows: number) =>
      callChains(entriesOf(Array.from({ length: 1_000 }, (_, i) => i % rows))).length;
    expect(chainsOf(1)).toBe(1);
    expect(chainsOf(1_000)).toBe(100);
    expect(chainsOf(500)).toBe(100);
    expect(chainsOf(333)).toBeGreaterThan(25);
  });

  it('never begins an entry before the one before it in its group has been taken', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(8), { maxLength: 120 }), async groups => {
        const bus = slowBus();
        await publishInOrder(entriesOf(groups), { bus, clock, mayGoOn });
        const watch = new OrderWatch();
        for (const { kind, call } of bus.log) watch[kind](call);
      }),
    );
  });

  it('keeps the order of each group within and between entries that events share', async () => {
    const events = fc.array(fc.record({ group: fc.nat(6), type: fc.nat(2), size: fc.nat(3) }), {
      maxLength: 80,
    });
    await fc.assert(
      fc.asyncProperty(events, async given => {
        const ordered = given.map(({ group, type, size }, n) => ({
          group: `g${group}`,
          entry: {
            ...{ id: String(n), source: 'test', detailType: `t${type}`, shared: `"type":"t${type}",` },
            own: JSON.stringify({ n, group, data: 'x'.repeat(size * 150_000) }),
          },
        }));
        const taken: { n: number; group: number }[] = [];
        const put = async (entries: readonly BusEntry[]): Promise<BusAnswer[]> => {
          for (const { detail } of entries) taken.push(...JSON.parse(detail).events);
          return entries.map(() => ({ kind: 'accepted' }));
        };
        const answers = await publishInOrder(ordered, { bus: { put }, clock, mayGoOn });
        expect(answers.every(({ kind }) => kind === 'accepted')).toBe(true);
        expect(taken.map(({ n }) => n).sort((a, b) => a - b)).toEqual(given.map((_, n) => n));
        const last = new Map<number, number>();
        for (const { n, group } of taken) {
          expect(n).toBeGreaterThan(last.get(group) ?? -1);
          last.set(group, n);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('finds the event of a shared entry that the bus refuses; its group goes on behind it', async () => {
    const ordered = Array.from({ length: 40 }, (_, n) => ({
      group: `g${n % 4}`,
      entry: { id: String(n), source: 'test', detailType: 't', shared: '', own: JSON.stringify({ n }) },
    }));
    const put = async (entries: readonly BusEntry[]): Promise<BusAnswer[]> =>
      entries.map(({ detail }) =>
        /"n":17\b/.test(detail) ? { kind: 'refused', reason: 'MalformedDetail' } : { kind: 'accepted' },
      );
    const answers = await publishInOrder(ordered, { bus: { put }, clock, mayGoOn });
    expect(answers.map(({ kind }) => kind)).toEqual(
      ordered.map((_, n) => (n === 17 ? 'refused' : 'accepted')),
    );
  });

  it('holds back what follows a failing entry, and only that', async () => {
    const entries = entriesOf([1, 2, 1, 2, 1]);
    const put = async (given: readonly BusEntry[]): Promise<BusAnswer[]> =>
      details(given).map(({ n }) => (n === 2 ? { kind: 'throttled', reason: 'slow' } : { kind: 'accepted' }));
    const answers = await publishInOrder(entries, { bus: { put }, clock, mayGoOn });
    expect(answers.map(({ kind }) => kind)).toEqual([
      'accepted',
      'accepted',
      'throttled',
      'accepted',
      'held',
    ]);
  });

  it('puts nothing more of a group that has stopped', async () => {
    const seen = new Set<number>();
    const put = async (given: readonly BusEntry[]): Promise<BusAnswer[]> => {
      for (const { n } of details(given)) seen.add(n);
      return details(given).map(({ n }) =>
        n === 3 ? { kind: 'throttled', reason: 'slow' } : { kind: 'accepted' },
      );
    };
    await publishInOrder(entriesOf(Array.from({ length: 25 }, () => 1)), { bus: { put }, clock, mayGoOn });
    expect([...seen].every(n => n < limits.putEventsEntriesMax)).toBe(true);
  });

  it('tries a failing entry again a bounded number of times', async () => {
    let calls = 0;
    const put = async (given: readonly BusEntry[]): Promise<BusAnswer[]> => {
      calls += 1;
      return given.map(() => ({ kind: 'unknown', reason: 'no answer' }));
    };
    await publishInOrder(entriesOf([1]), { bus: { put }, clock, mayGoOn });
    expect(calls).toBe(limits.publishAttemptsMax);
  });
});

/** Watches that no group has two calls under way, and that its entries come in order. */
class OrderWatch {
  readonly #underWay = new Set<string>();
  readonly #last = new Map<string, number>();

  begin(call: ReturnType<typeof details>): void {
    for (const { group } of call) expect(this.#underWay.has(group)).toBe(false);
    for (const { group, n } of call) {
      this.#underWay.add(group);
      expect(n).toBeGreaterThan(this.#last.get(group) ?? -1);
      this.#last.set(group, n);
    }
  }

  end(call: ReturnType<typeof details>): void {
    for (const { group } of call) this.#underWay.delete(group);
  }
}
