import { checkFolders, loadContracts } from '../../infra/contracts.ts';
import { byFile, byRow } from './fixtures/lanes.ts';

describe('contracts', () => {
  it('are found in their folders, with every event they and the suite itself publish', async () => {
    const { lanes, events } = await loadContracts();
    expect(lanes.map(lane => lane.id)).toEqual(
      expect.arrayContaining(['acme-orders', 'globex-shipments', 'nordwind-inventory']),
    );
    const types = events.map(event => event.type);
    expect(types).toEqual([...new Set(types)].sort());
    expect(types).toContain('edge.file.settled.v1');
    for (const lane of lanes) for (const event of lane.events) expect(types).toContain(event.type);
  });

  it('may not have one partner’s folder inside another’s', () => {
    const inside = { ...byFile, delivery: { ...byFile.delivery, folder: 'initech/parcels' } };
    expect(() => checkFolders([byRow, inside])).toThrow(
      'folder "initech/parcels" of hooli-parcels lies in "initech" of initech-parcels',
    );
    const beside = { ...byFile, delivery: { ...byFile.delivery, folder: 'initech-parcels' } };
    expect(() => checkFolders([byRow, beside])).not.toThrow();
  });
});
