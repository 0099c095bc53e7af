import { Given } from './given.ts';

const tally = { published: 5, quarantined: 3 };

/** A counted plan. */
async function counted(given: Given, filter: object = {}) {
  const { id } = await given.answer('makePlan', { kind: 'resubmit', integration: 'acme-orders', filter });
  await given.work();
  return given.answer('readPlan', { id });
}

async function files(): Promise<Given> {
  const given = new Given();
  await given.file('a.csv', { state: 'partial', tally, time: '09:00' });
  await given.file('b.csv', { state: 'rejected', tally: { rejected: 4 }, time: '10:00' });
  await given.file('c.csv', { state: 'partial', tally: { published: 9, quarantined: 1 } });
  await given.file('d.csv', { state: 'complete', tally: { published: 1 } });
  await given.file('e.csv', { state: 'received' });
  return given;
}

describe('a plan to resubmit', () => {
  it('finds files with quarantined rows and files that were rejected, and no others', async () => {
    const given = await files();
    const plan = await counted(given);
    expect(plan).toMatchObject({ state: 'planned', units: 3, repeats: 0 });
    expect(plan.samples.sort()).toEqual([
      'a.csv: 3 quarantined rows',
      'b.csv: rejected',
      'c.csv: 1 quarantined row',
    ]);
    expect(given.ports.workQueues.sent).toEqual([]);
  });

  it.each([
    [{ file: 'a' }, 1],
    [{ state: 'rejected' }, 1],
    [{ from: '2026-11-20T09:30:00Z' }, 2],
    [{ to: '2026-11-20T10:00:00Z' }, 1],
    [{ file: 'a', state: 'rejected' }, 0],
  ])('chooses by name, state and time: %j', async (filter, units) => {
    expect(await counted(await files(), filter)).toMatchObject({ units });
  });

  it('asks the lane once for each file, under the name of the plan', async () => {
    const given = await files();
    const { id, hash, madeAt } = await counted(given);
    await given.answer('runPlan', { id, hash });
    await given.work();
    expect(await given.answer('readPlan', { id })).toMatchObject({ state: 'done', done: 3 });
    expect(given.ports.workQueues.sent).toHaveLength(3);
    expect(given.ports.workQueues.sent).toContainEqual({
      integration: 'acme-orders',
      message: { kind: 'edge.reprocess', handoffId: 'acme-orders.a.csv', request: id, at: madeAt },
    });
  });

  it('leaves out what a later hand-off has reprocessed', async () => {
    const given = await files();
    await given.ports.ledger.recordReprocessed('acme-orders.a.csv', 'acme-orders.later');
    expect(await counted(given)).toMatchObject({ units: 2 });
  });
});
