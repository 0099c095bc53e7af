import { eventsOf } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { loadContracts, loadSoundContracts, ofKind } from '#infra/contracts.ts';
import { checkFolders } from '#infra/file-lane/lane-contracts.ts';
import { checkRoutes } from '#infra/webhook-fence/fence-contracts.ts';
import { full, plain } from './fixtures/fences.ts';
import { byFile, byRow } from './fixtures/lanes.ts';

describe('contracts', () => {
  it('can all be loaded', async () => {
    expect((await loadSoundContracts()).broken).toEqual([]);
  });

  it('that cannot be loaded are named, and stop no other', async () => {
    const root = 'test/infra/fixtures/broken';
    const { integrations, broken } = await loadSoundContracts(root);
    expect(integrations.map(({ id }) => id)).toEqual(['sound']);
    expect(broken).toEqual([
      { id: 'empty', reason: 'it exports no contract as its default' },
      { id: 'keyless', reason: 'file lane keyless: key must name at least one column' },
      { id: 'misnamed', reason: 'its id is "sound", not "misnamed"' },
    ]);
    await expect(loadContracts(root)).rejects.toThrow(
      'integrations/keyless/contract.ts: file lane keyless: key must name at least one column',
    );
  });

  it('are found in their folders, with every event they and the suite itself publish', async () => {
    const contracts = await loadSoundContracts();
    const { events } = contracts;
    const lanes = ofKind(contracts, 'file-lane');
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
      'folder "initech/parcels" of hooli-parcels is inside "initech" of initech-parcels',
    );
    const beside = { ...byFile, delivery: { ...byFile.delivery, folder: 'initech-parcels' } };
    expect(() => checkFolders([byRow, beside])).not.toThrow();
  });

  it('may not have two fences at one address', () => {
    expect(() => checkRoutes([full, plain])).not.toThrow();
    expect(() => checkRoutes([full, { ...plain, route: full.route }])).toThrow(
      'hooli-moves and initech-moves have the same route /hooks/initech',
    );
  });

  it('hold the fences of the integrations, each with its events', async () => {
    const contracts = await loadSoundContracts();
    const { events } = contracts;
    const fences = ofKind(contracts, 'webhook-fence');
    expect(fences.map(fence => fence.id)).toEqual(
      expect.arrayContaining(['fleet-shipments', 'github-releases', 'shopify-orders', 'stripe-payments']),
    );
    for (const event of fences.flatMap(eventsOf)) expect(events).toContain(event);
  });
});
