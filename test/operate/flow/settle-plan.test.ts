import { Given, now } from './given.ts';

/** A plan that is made, counted, run and ended. */
async function settled(given: Given, filter: object = {}) {
  // The lease of who opened it is over.
  given.ports.clock.advance(1_000);
  const { id } = await given.answer('makePlan', { kind: 'settle', integration: 'acme-orders', filter });
  await given.work();
  const { hash, units } = await given.answer('readPlan', { id });
  if (units > 0) await given.answer('runPlan', { id, hash });
  await given.work();
  return given.answer('readPlan', { id });
}

describe('a plan that settles', () => {
  it('asks the lane to go on with files that nobody works on, as the reconciler does', async () => {
    const given = new Given();
    await given.file('a.csv', { state: 'received' });
    await given.file('b.csv', { state: 'settling' });
    await given.file('c.csv', { state: 'complete', tally: { published: 1 } });
    const plan = await settled(given);
    expect(plan).toMatchObject({
      state: 'done',
      units: 2,
      done: 2,
      samples: ['a.csv: received', 'b.csv: settling'],
    });
    expect(given.ports.workQueues.sent).toEqual([
      { integration: 'acme-orders', message: expect.objectContaining({ 'detail-type': 'Object Created' }) },
      {
        integration: 'acme-orders',
        message: { kind: 'edge.settle', handoffId: 'acme-orders.b.csv', hop: 0, fromPart: 0 },
      },
    ]);
  });

  it('takes files by their names and states', async () => {
    const given = new Given();
    await given.file('a.csv', { state: 'received' });
    await given.file('b.csv', { state: 'settling' });
    expect(await settled(given, { file: 'b' })).toMatchObject({ units: 1, samples: ['b.csv: settling'] });
    expect(await settled(given, { state: 'received' })).toMatchObject({
      units: 1,
      samples: ['a.csv: received'],
    });
  });

  it('leaves a file alone that somebody works on', async () => {
    const given = new Given();
    const id = await given.file('a.csv', { state: 'received' });
    const { leasedUntil } = given.ports.leases;
    given.ports.leases.leasedUntil = async handoff => (handoff === id ? now + 600_000 : leasedUntil(handoff));
    expect(await settled(given)).toMatchObject({ units: 0 });
    expect(given.ports.workQueues.sent).toEqual([]);
  });
});
