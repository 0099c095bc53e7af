import { randomUUID } from 'node:crypto';
import type { HandoffQuery } from '#adapters/file-lane/core/outcome/handoff-query.ts';
import type { HandoffSearch, Ledger, ReconciledLedger } from '#adapters/file-lane/ports.ts';
import { chunkAt, inspection, lease, newHandoff, settlement, settlingAt } from './given.ts';

interface Searched {
  readonly ledger: Ledger;
  readonly reconciled: ReconciledLedger;
  readonly search: HandoffSearch;
}

/** What every search of hand-offs promises. */
export const handoffSearchSuite = (ports: () => Searched): void => {
  /** Opens a hand-off of an integration that no other test has. */
  async function given(integration: string, name: string, minute: number): Promise<string> {
    const id = `${integration}.${randomUUID()}`;
    const object = { bucket: 'inbound', key: `x/in/${name}`, versionId: 'v1' } as const;
    const receivedAt = `2026-01-05T08:0${minute}:00.000Z`;
    await ports().ledger.open({ ...newHandoff(), id, integration, object, receivedAt }, lease('one'));
    return id;
  }

  const fresh = () => `lane${randomUUID().replaceAll('-', '')}`;
  const all = { limit: 100 };

  async function ids(query: HandoffQuery): Promise<string[]> {
    const { handoffs } = await ports().search.list(query);
    return handoffs.map(({ id }) => id);
  }

  it('lists the hand-offs of one integration, the newest first', async () => {
    const integration = fresh();
    const first = await given(integration, 'a.csv', 1);
    const second = await given(integration, 'b.csv', 2);
    await given(fresh(), 'c.csv', 3);
    expect(await ids({ integration, ...all })).toEqual([second, first]);
    expect(await ids({ integration: fresh(), ...all })).toEqual([]);
  });

  it('tells what became of a hand-off, without its inspection', async () => {
    const integration = fresh();
    const id = await given(integration, 'a.csv', 1);
    const { ledger, search } = ports();
    await ledger.begin(id, 'one', { inspection, identity: 'identity', pass: 'publish' });
    await ledger.beginSettling(id, lease('one'), settlingAt('2026-01-05T08:05:00.000Z'));
    await ledger.settle(id, 'one', settlement);
    const { handoffs } = await search.list({ integration, ...all });
    const { received, tally } = settlement;
    expect(handoffs).toMatchObject([{ id, state: 'complete', attempts: 1, received, tally }]);
    expect(handoffs[0]).not.toHaveProperty('inspection');
  });

  it('finds hand-offs by the state that they are in now', async () => {
    const integration = fresh();
    const received = await given(integration, 'a.csv', 1);
    const processing = await given(integration, 'b.csv', 2);
    const { ledger } = ports();
    await ledger.begin(processing, 'one', { inspection, identity: 'identity', pass: 'check' });
    expect(await ids({ integration, state: 'received', ...all })).toEqual([received]);
    expect(await ids({ integration, state: 'processing', ...all })).toEqual([processing]);
    await ledger.beginSettling(processing, lease('one'), settlingAt('2026-01-05T08:05:00.000Z'));
    expect(await ids({ integration, state: 'settling', ...all })).toEqual([processing]);
    await ledger.settle(processing, 'one', settlement);
    expect(await ids({ integration, state: 'complete', ...all })).toEqual([processing]);
    expect(await ids({ integration, state: 'settling', ...all })).toEqual([]);
  });

  it('finds what the reconciler is still to compare: all that is in work, and what was settled since', async () => {
    const integration = fresh();
    const first = await given(integration, 'a.csv', 1);
    const second = await given(integration, 'b.csv', 2);
    const { ledger, reconciled, search } = ports();
    const asked = { integration, isUnreconciled: true, ...all } as const;
    expect(await ids(asked)).toEqual([second, first]);
    await ledger.beginSettling(first, lease('one'), settlingAt('2026-01-05T08:05:00.000Z'));
    await ledger.settle(first, 'one', settlement);
    const found = {
      at: '2026-01-05T09:00:00.000Z',
      result: 'matched',
      detail: 'all is well',
      again: false,
    } as const;
    await reconciled.recordReconciliation({ id: first, state: 'settling' }, found);
    expect(await ids(asked)).toEqual([second, first]);
    await reconciled.recordReconciliation({ id: first, state: 'complete' }, found);
    await reconciled.recordReconciliation({ id: second, state: 'received' }, found);
    expect(await ids(asked)).toEqual([second]);
    expect((await search.list({ integration, ...all })).handoffs).toMatchObject([
      { id: second, lastReconciledAt: found.at },
      { id: first, lastReconciledAt: found.at, reconciliation: { result: 'matched', detail: 'all is well' } },
    ]);
  });

  it('reads, makes and frees the claim of a content, and never takes it from another', async () => {
    const { ledger, reconciled } = ports();
    const file = { integration: fresh(), identity: 'content' };
    expect(await reconciled.claimant(file)).toBeUndefined();
    await reconciled.claimAgain(file, 'a', 2_000_000_000);
    await reconciled.claimAgain(file, 'b', 2_000_000_000);
    expect(await ledger.claimFile(file, 'b', 2_000_000_000)).toEqual({ duplicateOf: 'a' });
    await reconciled.freeClaim(file, 'b');
    expect(await reconciled.claimant(file)).toBe('a');
    await reconciled.freeClaim(file, 'a');
    expect(await reconciled.claimant(file)).toBeUndefined();
  });

  it('knows until when someone works on a hand-off or its chunks, and how often it was asked for again', async () => {
    const id = await given(fresh(), 'a.csv', 1);
    const { ledger, reconciled } = ports();
    expect(await reconciled.leasedUntil(id)).toBe(61_000);
    await ledger.begin(id, 'one', { inspection, identity: 'identity', pass: 'check' });
    await ledger.leaseChunk(chunkAt(id, 'check', 1), lease('two', 5_000));
    await ledger.release(id, 'one');
    expect(await reconciled.leasedUntil(id)).toBe(65_000);
    await ledger.recordRetry(id, { stoppedAt: '2026-01-05T09:00:00.000Z' });
    for (const resumedAt of ['2026-01-05T09:15:00.000Z', '2026-01-05T10:15:00.000Z'])
      await reconciled.recordResume(id, resumedAt);
    const resumed = await ledger.find(id);
    expect(resumed).toMatchObject({ resumes: 2, resumedAt: '2026-01-05T10:15:00.000Z' });
    expect(resumed?.stoppedAt).toBeUndefined();
  });

  it('finds hand-offs by the time they were received: from one time on, before another', async () => {
    const integration = fresh();
    const [, two, three] = [
      await given(integration, 'a.csv', 1),
      await given(integration, 'b.csv', 2),
      await given(integration, 'c.csv', 3),
      await given(integration, 'd.csv', 4),
    ];
    const times = { from: '2026-01-05T08:02:00.000Z', to: '2026-01-05T08:04:00.000Z' };
    expect(await ids({ integration, ...times, ...all })).toEqual([three, two]);
    expect(await ids({ integration, state: 'received', ...times, ...all })).toEqual([three, two]);
    expect(await ids({ integration, keyPrefix: 'x/in/', ...times, ...all })).toEqual([two, three]);
  });

  it('finds hand-offs by the beginning of their key, in the order of keys', async () => {
    const integration = fresh();
    const later = await given(integration, 'orders ü_2.csv', 1);
    const sooner = await given(integration, 'orders ü_1.csv', 2);
    await given(integration, 'other.csv', 3);
    expect(await ids({ integration, keyPrefix: 'x/in/orders ü', ...all })).toEqual([sooner, later]);
    expect(await ids({ integration, keyPrefix: 'x/in/orders ü', state: 'complete', ...all })).toEqual([]);
  });

  it.each([
    ['by time', {}],
    ['by state', { state: 'received' }],
    ['by key', { keyPrefix: 'x/' }],
  ] as const)('gives each hand-off once over its pages: %s', async (_, part) => {
    const integration = fresh();
    // Two of the same time and two of the same key.
    const named = [
      ['a.csv', 1],
      ['a.csv', 2],
      ['b.csv', 2],
      ['c.csv', 3],
      ['d.csv', 4],
    ] as const;
    const given5 = await Promise.all(named.map(([name, minute]) => given(integration, name, minute)));
    const found: string[] = [];
    let after: HandoffQuery['after'];
    let pages = 0;
    do {
      const page = await ports().search.list({ integration, ...part, limit: 2, after });
      found.push(...page.handoffs.map(({ id }) => id));
      after = page.next;
      pages += 1;
    } while (after && pages < 9);
    expect([...found].sort()).toEqual([...given5].sort());
    expect(pages).toBe(3);
  });
};
