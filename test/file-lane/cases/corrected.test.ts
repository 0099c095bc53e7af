import { decimal } from '#shared/core/mapping/decimal.ts';
import { text } from '#shared/core/mapping/text.ts';
import { header, laneWith, rows } from '../flow/lanes.ts';
import { LaneSimulator } from '../flow/simulator.ts';
import { caseFile, dropped, labLane } from './lab.ts';

const name = 'orders_20270101.csv';

test('of a corrected whole file only the corrected row is published (D4a)', async () => {
  const { default: acmeOrders } = await import('#integrations/acme-orders/contract.ts');
  const simulator = new LaneSimulator(acmeOrders);
  simulator.drop(name, caseFile('D4a-1-orders_20270101.csv'));
  await simulator.run();
  expect(simulator.ack(name)).toMatchObject({ state: 'partial', counts: { published: 2, quarantined: 1 } });
  simulator.drop(name, caseFile('D4a-2-orders_20270101.csv'));
  await simulator.run();
  expect(simulator.ack(name)).toMatchObject({
    state: 'complete',
    counts: { received: 3, published: 1, duplicate: 2 },
  });
  expect(simulator.events().map(event => event.aggregateid)).toEqual(['Z-1', 'Z-3', 'Z-2']);
});

test.each([
  [
    'file',
    'under shop/fixed/. Do not send the whole file again: rows that were published before would be published again.',
  ],
  ['row', 'under shop/fixed/. Or send the whole file again: rows that were published before are duplicates.'],
] as const)('the answer to a partial file says what to send (duplicates: %s)', async (duplicates, remedy) => {
  const simulator = new LaneSimulator(laneWith({ duplicates }));
  simulator.drop('items_1.csv', `${header}${rows(2)}i-3,x,note,1.00\n`);
  await simulator.run();
  expect(simulator.ack('items_1.csv')).toMatchObject({
    state: 'partial',
    remedy: expect.stringContaining(remedy),
  });
});

test('a total that differs says which amount could not be read (D17)', async () => {
  const lane = labLane(
    { controlTotals: ['b'], format: { trailer: { startsWith: 'TRL', records: 2, totals: { b: 3 } } } },
    { a: text({ max: 9 }), b: decimal(), c: text({ max: 9 }) },
  );
  const { answer } = await dropped(lane, caseFile('D17.csv'));
  expect(answer.fault).toMatchObject({
    code: 'CONTROL_TOTAL_MISMATCH',
    detail: 'declared 11.5, found 5 without the amount of line 3, which could not be read',
  });
});

describe('keys that are repeated within a file', () => {
  const repeated = `${header}a,1,one,1.00\nb,1,two,1.00\na,1,three,1.00\nc,1,four,1.00\na,2,one,1.00\n`;
  const told = async (changes: Parameters<typeof laneWith>[0]) => {
    const simulator = new LaneSimulator(laneWith(changes), { pieceBytes: 30 });
    simulator.drop('items_1.csv', repeated);
    await simulator.run();
    return simulator.ack('items_1.csv').repeatedKeys;
  };

  it('are told with their lines', async () => {
    for (const changes of [{}, { duplicates: 'row' }, { maxInvalidShare: 0.5 }] as const)
      expect(await told(changes)).toEqual({ rows: 2, lines: [4, 6] });
  });

  it('are no news where keys have versions or are written once', async () => {
    expect(await told({ duplicates: 'row', version: 'version' })).toBeNull();
    expect(await told({ duplicates: 'row', writeOnce: { reason: 'a test' } })).toBeNull();
  });

  it('are counted once, however often the work is taken up again', async () => {
    const simulator = new LaneSimulator(laneWith(), { bounds: { checkpointRecordsMax: 2 }, pieceBytes: 40 });
    simulator.drop('items_1.csv', header + rows(20) + rows(20));
    await simulator.run();
    expect(simulator.ack('items_1.csv').repeatedKeys).toMatchObject({
      rows: 20,
      lines: [22, 23, 24, 25, 26, 27, 28, 29, 30, 31],
    });
  });
});
