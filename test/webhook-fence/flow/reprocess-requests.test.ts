import { limits } from '#shared/contract/limits.ts';
import { fenceWith, paid } from './fences.ts';
import { FenceSimulator, payment } from './simulator.ts';

const right = fenceWith();
const wrong = fenceWith({ accepts: [{ ...paid, when: { field: '/type', is: 'payed' } }] });

/** Deliveries that a wrong contract quarantined, each with an id of its own. */
async function quarantined(...cents: readonly number[]): Promise<FenceSimulator> {
  const simulator = new FenceSimulator(wrong);
  for (const [n, each] of cents.entries())
    await simulator.send({ id: `msg_${n}`, body: payment(`p-${n}`, each) });
  expect(simulator.tally()).toMatchObject({ quarantined: cents.length });
  return simulator;
}

const ends = async (simulator: FenceSimulator, dryRun = false) =>
  (await simulator.reprocess(dryRun)).map(({ end }) => end).sort();

describe('quarantined requests that are processed again', () => {
  it('become the events that they would have been, once, and count in the books as before', async () => {
    const simulator = await quarantined(100, 200);
    simulator.deploy(right);
    expect(await ends(simulator)).toEqual(['published', 'published']);
    const direct = new FenceSimulator(right);
    for (const n of [0, 1]) await direct.send({ id: `msg_${n}`, body: payment(`p-${n}`, 100 * (n + 1)) });
    expect(simulator.eventIds()).toEqual(direct.eventIds());
    expect(await ends(simulator)).toEqual(['duplicate', 'duplicate']);
    expect(simulator.events()).toHaveLength(2);
    expect(simulator.tally()).toMatchObject({ quarantined: 2, published: 0 });
    const corrected = simulator.ports.log.lines.filter(({ event }) => event === 'delivery corrected');
    expect(corrected.map(({ fields }) => [fields.was, fields.outcome])).toEqual([
      ['quarantined', 'published'],
      ['quarantined', 'published'],
    ]);
  });

  it('are only looked at first: how each would end by the contract as it is now', async () => {
    const simulator = await quarantined(100, -1);
    simulator.deploy(right);
    const looked = await simulator.reprocess(true);
    expect(looked).toContainEqual({
      key: expect.stringMatching(/^pay-hooks\/2026\/01\/05\/pay-hooks\.\w+\.\w+\.json$/),
      ...{ end: 'quarantined', code: 'OUT_OF_RANGE', detail: 'cents are not below zero' },
    });
    expect(looked.map(({ end }) => end).sort()).toEqual(['published', 'quarantined']);
    expect(simulator.events()).toEqual([]);
    expect(await ends(simulator)).toEqual(['published', 'quarantined']);
  });

  it('stay where their sender sent other content under the name since', async () => {
    const simulator = await quarantined(100);
    simulator.deploy(right);
    await simulator.send({ id: 'msg_0', body: payment('p-0', 7) });
    expect(await ends(simulator, true)).toEqual(['conflict']);
    expect(await ends(simulator)).toEqual(['conflict']);
    expect(simulator.events()).toMatchObject([{ data: { cents: 7 } }]);
  });

  it('do not replace other content that is quarantined under the name later', async () => {
    const simulator = await quarantined(100);
    await simulator.send({ id: 'msg_0', body: payment('p-0', 7) });
    simulator.deploy(right);
    expect(await ends(simulator)).toEqual(['conflict', 'published']);
    expect(simulator.events()).toMatchObject([{ data: { cents: 7 } }]);
  });

  it('are duplicates where their sender repeated them since', async () => {
    const simulator = await quarantined(100);
    simulator.deploy(right);
    await simulator.send({ id: 'msg_0', body: payment('p-0', 100) });
    expect(await ends(simulator, true)).toEqual(['duplicate']);
    expect(await ends(simulator)).toEqual(['duplicate']);
    expect(simulator.events()).toHaveLength(1);
  });

  it('are open while the fence is disabled, and published when it is enabled', async () => {
    const simulator = await quarantined(100);
    simulator.deploy(right);
    simulator.ports.input.disabled = true;
    expect(await ends(simulator, true)).toEqual(['published']);
    expect(await simulator.reprocess(false)).toMatchObject([
      { end: 'open', detail: 'the fence is disabled' },
    ]);
    expect(simulator.events()).toEqual([]);
    simulator.ports.input.disabled = false;
    expect(await ends(simulator)).toEqual(['published']);
  });

  it('are open while the bus takes nothing, and quarantined as before', async () => {
    const simulator = await quarantined(100);
    simulator.deploy(right);
    simulator.ports.bus.answer = () => ({ kind: 'throttled', reason: 'down' });
    expect(await simulator.reprocess()).toMatchObject([{ end: 'open', detail: 'down' }]);
    simulator.ports.bus.answer = () => ({ kind: 'accepted' });
    expect(await ends(simulator)).toEqual(['published']);
    expect(simulator.events()).toHaveLength(1);
  });

  it('are not published where nobody remembers any more whether they were', async () => {
    const { ports } = await quarantined(100);
    const later = new FenceSimulator(right);
    for (const bucket of ['raw', 'quarantine'] as const)
      for (const key of ports.files.keys(bucket))
        later.ports.files.put(bucket, key, ports.files.text(bucket, key));
    later.ports.clock.advance((right.replayHorizonDays + 1) * limits.secondsADay * 1000);
    expect(await ends(later)).toEqual(['expired']);
    expect(later.events()).toEqual([]);
  });

  it('without archived bytes are gone', async () => {
    const simulator = await quarantined(100);
    for (const key of simulator.ports.files.keys('raw')) simulator.ports.files.delete('raw', key);
    expect(await ends(simulator)).toEqual(['gone']);
  });
});
