import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { header, laneWith } from './lanes.ts';
import { LaneSimulator } from './simulator.ts';

type Event = Record<string, unknown>;

/** Of a file with one good row and one bad: the good row's event, and both that tell of the file. */
async function eventsOf(contract: FileLane): Promise<Record<'row' | 'settled' | 'quarantined', Event>> {
  const lane = new LaneSimulator(contract);
  lane.drop('items_1.csv', `${header}i-1,1,north,1.00\ni-2,one,south,1.00\n`);
  await lane.run();
  return {
    row: lane.events()[0]!,
    settled: lane.ports.bus.details().find(({ type }) => type === 'edge.file.settled.v1')!,
    quarantined: lane.ports.rowsQueue.sent[0] as Event,
  };
}

describe('what the suite says of a file', () => {
  it('has the process key of its rows’ events, and refers to the file as they do', async () => {
    const { row, settled, quarantined } = await eventsOf(laneWith());
    expect(row).toMatchObject({ processkey: 'shop-items/items_1.csv', externalref: 'items_1.csv#1' });
    for (const event of [settled, quarantined])
      expect(event).toMatchObject({ processkey: row.processkey, externalref: 'items_1.csv' });
  });

  it.each([
    ['the tenant of a lane that has one', { constant: 'shop' }, 'shop'],
    ['the only tenant that the rows may name', { from: 'note', allowed: ['north'] }, 'north'],
    [
      'the suite itself where the rows may name several',
      { from: 'note', allowed: ['north', 'south'] },
      'edge',
    ],
  ] as const)('is of %s', async (_, tenant, told) => {
    const { settled, quarantined } = await eventsOf(laneWith({ tenant }));
    expect([settled.tenantid, quarantined.tenantid]).toEqual([told, told]);
  });
});
