import { matchDataName } from '#adapters/file-lane/core/file/data-name.ts';
import { freshKey } from '#adapters/file-lane/derive/fresh-keys.ts';
import { laneSimulations } from '#adapters/file-lane/derive/lane-simulation.ts';
import { misnamed, simulatedName } from '#adapters/file-lane/derive/simulated-name.ts';
import acme from '#integrations/acme-orders/contract.ts';
import globex from '#integrations/globex-shipments/contract.ts';
import nordwind from '#integrations/nordwind-inventory/contract.ts';
import { text } from '#kit/file-lane';
import { isFault } from '#shared/contract/fault.ts';
import { simulationCases } from '#shared/contract/simulation-case.ts';

const good = { rows: 8, published: 8 };
const dropsOf = (name: string, lane = acme) =>
  laneSimulations(lane, good).find(simulation => simulation.name === name)?.drops;

describe('the days of a simulated partner', () => {
  it('are every case', () => {
    for (const lane of [acme, globex, nordwind])
      expect(laneSimulations(lane, good).map(({ name }) => name)).toEqual([...simulationCases]);
  });

  it('end as the contract says', () => {
    expect(dropsOf('success')).toMatchObject([{ expected: [{ state: 'complete', published: 8 }] }]);
    expect(dropsOf('duplicate')).toMatchObject([
      { file: 0 },
      { file: 0, expected: [{ state: 'duplicate' }] },
    ]);
    expect(dropsOf('reordering')).toMatchObject([{ file: 1 }, { file: 0 }]);
    expect(dropsOf('timeout')).toMatchObject([{ manner: 'broken-off', expected: [] }, { file: 0 }]);
    expect(dropsOf('unauthorised')).toMatchObject([{ expected: [{ state: 'refused' }] }]);
  });

  it('tolerate a cut row as far as the contract does', () => {
    expect(dropsOf('malformed')).toMatchObject([
      { change: 'cut', expected: [{ state: 'partial', published: 7, quarantined: 1, code: 'RAGGED_ROW' }] },
    ]);
    expect(dropsOf('malformed', nordwind)).toMatchObject([
      { expected: [{ state: 'rejected', code: 'TOO_MANY_INVALID_ROWS' }] },
    ]);
  });

  it('differ by what begins the work, and by whether there is a header', () => {
    expect(dropsOf('delay')).toMatchObject([{ manner: 'slow' }]);
    expect(dropsOf('delay', nordwind)).toMatchObject([{ manner: 'late-announcement' }]);
    const headless = { ...acme, dialect: { ...acme.dialect, header: 'none' as const } };
    expect(dropsOf('rejection')).toMatchObject([{ expected: [{ code: 'MISSING_COLUMN' }] }]);
    expect(dropsOf('rejection', headless)).toMatchObject([{ expected: [{ code: 'EMPTY_FILE' }] }]);
  });
});

describe('a simulated file', () => {
  it('has a name that follows the convention, later ones a later period', () => {
    for (const { delivery } of [acme, globex, nordwind]) {
      const [first, second] = [simulatedName(delivery, 600), simulatedName(delivery, 601)];
      expect(matchDataName(delivery, first)).toMatchObject({ kind: 'data' });
      expect(first < second).toBe(true);
      expect(isFault(matchDataName(delivery, misnamed(delivery, 600)))).toBe(true);
    }
  });

  it('has keys of its own that the contract takes, equal ones where the sample has equal ones', () => {
    const lane = (field: ReturnType<typeof text>) => ({ ...acme, columns: { order_no: field } });
    const keys = (field: ReturnType<typeof text>, cell: string) =>
      ['a1', 'b2'].map(token => freshKey(lane(field), 'order_no', token)?.(cell));
    expect(keys(text({ max: 40 }), 'A-100001')).toEqual(['A-100001-a1', 'A-100001-b2']);
    const [first = '', second] = keys(text({ max: 8, pattern: /A-\d{6}/ }), 'A-100001');
    expect(first).toMatch(/^A-\d{6}$/);
    expect(new Set([first, second, 'A-100001']).size).toBe(3);
    expect(freshKey(acme, 'status', 'a1')).toBeUndefined();
  });
});
