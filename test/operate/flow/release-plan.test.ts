import type { LookedAtReject, ReleasePlace } from '#adapters/webhook-fence/core/webhook/release-order.ts';
import { Given } from './given.ts';

const hour = '2026-11-20T08';
const place = (slot: number): ReleasePlace => ({ hour, shelf: 'mismatch', slot });
const filter = { from: '2026-11-20T08:00:00Z', to: '2026-11-20T09:00:00Z' };

/** A fence whose rejects end so, one after the other. */
class Fence {
  readonly released: { readonly slot: number; readonly operator: string; readonly reason: string }[] = [];
  readonly #ends: readonly string[];
  readonly #trouble: ReadonlySet<number>;

  constructor(ends: readonly string[], trouble: readonly number[] = []) {
    this.#ends = ends;
    this.#trouble = new Set(trouble);
  }

  order = async (_: string, order: Record<string, unknown>) => {
    const { after, limit, dryRun, stale } = order as {
      after?: ReleasePlace;
      limit: number;
      dryRun: boolean;
      stale: boolean;
    };
    const { operator, reason } = order as { operator: string; reason: string };
    const first = after?.slot ?? 0;
    const looked = this.#ends.slice(first, first + limit).map((end, i): LookedAtReject => {
      const slot = first + i + 1;
      if (dryRun || !['verified', 'stale'].includes(end))
        return { place: place(slot), end: end === 'stale' && !stale ? 'TIMESTAMP_TOO_OLD' : end };
      this.released.push({ slot, operator, reason });
      return { place: place(slot), end: this.#trouble.has(slot) ? 'failed' : 'published' };
    });
    const last = first + looked.length;
    return { looked, ...(last < this.#ends.length && { next: place(last) }) };
  };
}

const planned = async (given: Given, asked: object = {}) => {
  const { id } = await given.answer('makePlan', {
    ...{ kind: 'release', integration: 'stripe-payments', unitsMax: 2, filter },
    ...asked,
  });
  await given.work();
  return given.answer('readPlan', { id });
};

const ends = [
  ...Array.from({ length: 30 }, () => 'SIGNATURE_MISMATCH'),
  'verified',
  'stale',
  'verified',
  'missing',
];

describe('a plan that releases rejects', () => {
  it('counts those that pass now, over all pages, and releases nothing', async () => {
    const given = new Given();
    const fence = new Fence(ends);
    given.ports.releases.order = fence.order;
    expect(await planned(given)).toMatchObject({
      state: 'planned',
      units: 2,
      samples: [`reject 31 of ${hour}:00 UTC (mismatch)`, expect.anything()],
    });
    expect(await planned(given, { filter: { ...filter, stale: 'yes' }, unitsMax: 3 })).toMatchObject({
      units: 3,
    });
    expect(fence.released).toEqual([]);
  });

  it('releases them in the name of who made it, and lists those that could not be', async () => {
    const given = new Given();
    const fence = new Fence(ends, [33]);
    given.ports.releases.order = fence.order;
    const { id, hash } = await planned(given);
    await given.answer('runPlan', { id, hash });
    await given.work();
    expect(await given.answer('readPlan', { id })).toMatchObject({
      ...{ state: 'failed', done: 1, failed: 1 },
      failures: [{ unit: `${hour}/mismatch/33`, reason: 'failed' }],
    });
    const who = { operator: 'arn:aws:iam::123456789012:user/ada', reason: `plan ${id}` };
    expect(fence.released).toEqual([
      { slot: 31, ...who },
      { slot: 33, ...who },
    ]);
  });

  it('needs a span of time that ends after it begins', async () => {
    const given = new Given();
    const asked = { kind: 'release', integration: 'stripe-payments' };
    expect(await given.ask('makePlan', asked)).toMatchObject({ status: 400 });
    expect(
      await given.ask('makePlan', { ...asked, filter: { from: filter.to, to: filter.from } }),
    ).toMatchObject({
      status: 400,
      body: { detail: 'filter.from: from must be before to' },
    });
  });
});
