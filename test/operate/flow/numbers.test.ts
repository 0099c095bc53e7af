import { books } from '#cli/edge/books.ts';
import type { OperatorApi } from '#cli/edge/operator-api.ts';
import { Given } from './given.ts';

const day = '2026-11-20';
const key = 'crm-customers/2026/11/20/crm/shardId-0/1-3.records';

/** A day on which each of the three integrations lacks something. */
async function lacking(): Promise<Given> {
  const given = new Given();
  const { proofs, standings, reconciliations } = given.ports;
  const at = '2026-11-20T11:45:00.000Z';
  const id = await given.file('a.csv', { state: 'complete', tally: { published: 9, quarantined: 1 } });
  await proofs.keep({ unit: id, state: 'missing', at, claimed: 9, onBus: 8, missing: ['a1'] });
  await standings.keepReceipts('acme-orders', day, {
    ...{ at, onBus: 8 },
    consumers: { billing: { expected: 8, received: 7, missing: ['b1'] } },
  });
  await reconciliations.keepMarks('stripe-payments', {
    listing: { startedAt: 0, upTo: 0, missing: [{ id: 'pi_7', at: `${day}T09:00:00Z`, foundAt: 0 }] },
  });
  const counts = { received: 3, outcomes: { published: 2 }, claimed: 2, onBus: 1 };
  await standings.keepDay('crm-customers', day, counts);
  const claim = {
    ...{ unit: key, integration: 'crm-customers', from: at, to: at, settledAt: at, chunks: [] },
    ...{ day, except: '', newEvents: 1, since: at },
  };
  const standing = { since: day, day, objects: 1, unended: {}, open: [claim], days: {} };
  await standings.keep('crm-customers', standing, undefined);
  await proofs.keep({ unit: key, state: 'missing', at, claimed: 2, onBus: 1, missing: ['c1'] });
  return given;
}

describe('the five numbers of a day', () => {
  it('show what was claimed, received, published, on the bus and reported, and where two numbers differ', async () => {
    const given = await lacking();
    const { numbers: found } = await given.answer('listNumbers');
    expect(found.map(({ integration, differs }) => [integration, differs])).toEqual([
      ['acme-orders', ['1 of 9 events are not on the bus', 'billing reported 7 of 8 events']],
      ['stripe-payments', ['the sender has 1 that never came']],
      ['crm-customers', ['3 changes were received, 2 have an outcome', '1 of 2 events are not on the bus']],
    ]);
    expect(found[0]).toMatchObject({ received: 10, claimed: 9, onBus: 8, outcomes: { quarantined: 1 } });
    expect(found[2]?.unproven).toEqual([{ unit: key, claimed: 2, onBus: 1, missing: ['c1'] }]);
  });

  it('come with the ids that are known', async () => {
    const given = await lacking();
    const api = { ask: async () => given.answer('listNumbers', { day }) } as object as OperatorApi;
    const { text, needsAttention } = await books.run(api, { given: [], options: {} });
    expect(needsAttention).toBe(true);
    for (const line of ['not on the bus: a1', 'billing did not report b1', 'the sender has pi_7', key])
      expect(text).toContain(line);
  });

  it('agree where nothing lacks, and are empty on a day on which nothing came', async () => {
    const given = new Given();
    await given.file('a.csv', { state: 'complete', tally: { published: 10 } });
    const { numbers: found } = await given.answer('listNumbers', { integration: 'acme-orders' });
    expect(found).toMatchObject([{ received: 10, differs: [] }]);
    const earlier = await given.answer('listNumbers', { day: '2026-11-19' });
    expect(earlier.numbers.every(({ received, differs }) => received === 0 && differs.length === 0)).toBe(
      true,
    );
    expect((await given.ask('listNumbers', { integration: 'nobody' })).status).toBe(404);
  });
});
