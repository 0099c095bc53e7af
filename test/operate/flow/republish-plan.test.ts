import type { Proof, ProofState } from '#operate/core/proof/proof.ts';
import { emptyStanding } from '#operate/core/proof/standing.ts';
import { Given } from './given.ts';

const proof = (unit: string, state: ProofState): Proof => ({
  ...{ unit, state, at: '2026-11-20T11:45:00.000Z', claimed: 3, onBus: 2, missing: ['a'] },
});

/** A plan that is made, counted, run and ended. */
async function republished(given: Given, integration: string, filter: object = {}) {
  const { id } = await given.answer('makePlan', { kind: 'republish', integration, filter });
  await given.work();
  const { hash, units } = await given.answer('readPlan', { id });
  if (units > 0) await given.answer('runPlan', { id, hash });
  await given.work();
  return given.answer('readPlan', { id });
}

describe('a plan that republishes', () => {
  it('decides for files whose missing events would say something else now, and for no others', async () => {
    const given = new Given();
    const { proofs, decisions } = given.ports;
    const changed = await given.file('a.csv', { state: 'complete', tally: { published: 3 } });
    const missing = await given.file('b.csv', { state: 'complete', tally: { published: 3 } });
    await proofs.keep(proof(changed, 'changed'));
    await proofs.keep(proof(missing, 'missing'));
    given.ports.clock.advance(1_000);
    expect(await republished(given, 'acme-orders')).toMatchObject({
      ...{ state: 'done', units: 1, done: 1 },
      samples: [`${changed}: 1 of 3 events are not on the bus`],
    });
    expect(await decisions.mayDiffer(changed)).toBe(true);
    expect(await decisions.mayDiffer(missing)).toBe(false);
    expect(await republished(given, 'acme-orders')).toMatchObject({ repeats: 1 });
  });

  it('decides for one delivery or batch that is named', async () => {
    const given = new Given();
    const { proofs, standings, decisions } = given.ports;
    const units = ['crm-customers/1', 'crm-customers/2'];
    const open = units.map(unit => ({
      ...{ unit, integration: 'crm-customers', from: '', to: '', settledAt: '', chunks: [], except: '' },
      ...{ day: '2026-11-20', newEvents: 1, since: '' },
    }));
    await standings.keep('crm-customers', { ...emptyStanding('2026-11-20'), open }, undefined);
    for (const unit of units) await proofs.keep(proof(unit, 'changed'));
    expect(await republished(given, 'crm-customers', { unit: units[1] })).toMatchObject({
      units: 1,
      done: 1,
    });
    expect([await decisions.mayDiffer(units[0]!), await decisions.mayDiffer(units[1]!)]).toEqual([
      false,
      true,
    ]);
  });
});
