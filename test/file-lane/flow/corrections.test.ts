import { header, laneWith } from './lanes.ts';
import { LaneSimulator } from './simulator.ts';

const fixed = 'items_1.csv.rejected.csv';

/** A file with two good rows and two bad ones, settled as partial. */
async function partialLane(lane = laneWith()): Promise<LaneSimulator> {
  const simulator = new LaneSimulator(lane);
  simulator.drop('items_1.csv', `${header}i-1,1,a,1.00\nbad-1,x,b,2.00\ni-3,1,c,3.00\nbad-2,1,d,much\n`);
  await simulator.run();
  return simulator;
}

const rejectedCsv = (lane: LaneSimulator, name = 'items_1.csv'): string =>
  lane.ports.files.text('inbound', `shop/ack/${name}.rejected.csv`);

const corrected = (csv: string): string => csv.replace('bad-1,x,', 'bad-1,1,').replace(',much,', ',4.00,');

async function submit(lane: LaneSimulator, csv: string | Uint8Array, name = fixed): Promise<void> {
  lane.drop(name, csv, { folder: 'fixed' });
  await lane.run();
}

describe('a corrected file of rejected rows', () => {
  it('publishes its rows alone, named and ordered as rows of the file that they came in', async () => {
    const lane = await partialLane();
    const before = lane.events();
    const [first] = lane.handoffs();
    await submit(lane, corrected(rejectedCsv(lane)));
    const [two, four] = lane.events().slice(before.length);
    expect(lane.events()).toHaveLength(4);
    expect(two).toMatchObject({
      aggregateid: 'bad-1',
      externalref: 'items_1.csv#2',
      causationid: first!.id,
      correlationid: lane.ack(fixed).correlationId,
      sequence: String(before[0]!.sequence).replace(/1$/, '2'),
      time: before[0]!.time,
    });
    expect(four).toMatchObject({ aggregateid: 'bad-2', externalref: 'items_1.csv#4' });
    expect(lane.ack(fixed)).toMatchObject({
      state: 'complete',
      balanced: true,
      counts: { received: 2, published: 2 },
      corrects: { file: 'items_1.csv', correlationId: first!.id },
      rejectedRows: null,
    });
  });

  it('publishes nothing again when it comes twice, and says so row by row', async () => {
    const lane = await partialLane();
    const csv = corrected(rejectedCsv(lane));
    await submit(lane, csv);
    await submit(lane, csv);
    await submit(lane, csv, 'again.csv');
    expect(lane.events()).toHaveLength(4);
    for (const name of [fixed, 'again.csv'])
      expect(lane.ack(name)).toMatchObject({
        state: 'complete',
        balanced: true,
        counts: { received: 2, published: 0, duplicate: 2 },
        correctedBefore: { rows: 2, lines: [2, 3] },
      });
  });

  it('may come in parts and in any order', async () => {
    const lane = await partialLane();
    const [head, one, two] = corrected(rejectedCsv(lane)).split('\r\n');
    await submit(lane, `${head}\r\n${two}\r\n`, 'part-2.csv');
    await submit(lane, `${head}\r\n${one}\r\n`, 'part-1.csv');
    await submit(lane, `${head}\r\n${two}\r\n${one}\r\n`, 'all.csv');
    expect(lane.events().map(event => event.aggregateid)).toEqual(['i-1', 'i-3', 'bad-2', 'bad-1']);
    expect(lane.ack('all.csv')).toMatchObject({ counts: { received: 2, published: 0, duplicate: 2 } });
  });

  it('keeps the names of rows that are still wrong, so that its own rejected rows can be corrected', async () => {
    const lane = await partialLane();
    await submit(lane, rejectedCsv(lane).replace('bad-1,x,', 'bad-1,1,'));
    expect(lane.ack(fixed)).toMatchObject({
      state: 'partial',
      counts: { received: 2, published: 1, quarantined: 1 },
      rejectedRows: { first: [{ line: 3, column: 'amount', code: 'NOT_A_NUMBER' }] },
    });
    await submit(lane, corrected(rejectedCsv(lane, fixed)), 'second.csv');
    expect(lane.ack('second.csv')).toMatchObject({
      state: 'complete',
      corrects: { file: 'items_1.csv' },
      counts: { received: 1, published: 1 },
    });
    expect(lane.events()).toHaveLength(4);
  });

  it('is refused where a row was published before with other values', async () => {
    const lane = await partialLane();
    await submit(lane, corrected(rejectedCsv(lane)));
    await submit(lane, corrected(rejectedCsv(lane)).replace(',4.00,', ',5.00,'), 'other.csv');
    expect(lane.events()).toHaveLength(4);
    expect(lane.ack('other.csv')).toMatchObject({
      counts: { received: 2, duplicate: 1, quarantined: 1 },
      rejectedRows: { first: [{ line: 3, code: 'ROW_CORRECTED_BEFORE' }] },
    });
  });

  it('is refused where a row corrects no rejected row', async () => {
    const lane = await partialLane();
    const csv = corrected(rejectedCsv(lane));
    const id = /shop-items\.[\da-f]+/.exec(csv)![0];
    const [head, one = ''] = csv.split('\r\n');
    const others = [one.replace('#2', '#1'), one.replace('#2', '#9'), one.replace(id, ''), one];
    await submit(lane, [head, ...others, ''].join('\r\n'));
    expect(lane.ack(fixed)).toMatchObject({
      counts: { received: 4, published: 1, quarantined: 3 },
      rejectedRows: { first: [2, 3, 4].map(line => ({ line, code: 'ROW_NOT_REJECTED' })) },
    });
  });

  it.each([
    ['has no fault_id', () => `${header}i-1,1,a,1.00\n`, 'NOTHING_TO_CORRECT'],
    [
      'names a file that nobody knows',
      (csv: string) => csv.replace(/\.[\da-f]{40}/g, `.${'0'.repeat(40)}`),
      'NOTHING_TO_CORRECT',
    ],
    ['lacks an agreed column', (csv: string) => csv.replace('amount', 'sum'), 'MISSING_COLUMN'],
    ['is a workbook', () => Buffer.from('PK\x03\x04[Content_Types].xml'), 'WRONG_FILE_TYPE'],
    [
      'has rows of no known letters',
      (csv: string) => Buffer.from(csv.replace('\ufeff', '').replace(',b,', ',é,'), 'latin1'),
      'WRONG_ENCODING',
    ],
  ])('is refused whole when it %s', async (_, change: (csv: string) => string | Uint8Array, code) => {
    const lane = await partialLane();
    await submit(lane, change(rejectedCsv(lane)));
    expect(lane.ack(fixed)).toMatchObject({ state: 'rejected', balanced: true, fault: { code } });
    expect(lane.events()).toHaveLength(2);
  });

  it('is refused when the file was rejected as a whole: its other rows would be lost', async () => {
    const lane = await partialLane(laneWith({ maxInvalidShare: 0 }));
    await submit(lane, corrected(rejectedCsv(lane)));
    expect(lane.ack(fixed)).toMatchObject({ state: 'rejected', fault: { code: 'NOTHING_TO_CORRECT' } });
    expect(lane.events()).toEqual([]);
  });

  it('is worked on when rows are compared with other files: what they brought since is a duplicate', async () => {
    const lane = await partialLane(laneWith({ duplicates: 'row', version: 'version' }));
    lane.drop('items_2.csv', `${header}bad-1,1,b,2.00\n`);
    await lane.run();
    await submit(lane, corrected(rejectedCsv(lane)));
    expect(lane.ack(fixed)).toMatchObject({ counts: { received: 2, published: 1, duplicate: 1 } });
  });

  it('survives a crash at any call, and publishes each row under one id', async () => {
    const whole = await partialLane();
    await submit(whole, corrected(rejectedCsv(whole)));
    for (let at = 1; ; at += 3) {
      for (const when of ['before', 'after'] as const) {
        const lane = new LaneSimulator(laneWith(), { crash: { at, when } });
        lane.drop('items_1.csv', `${header}i-1,1,a,1.00\nbad-1,x,b,2.00\ni-3,1,c,3.00\nbad-2,1,d,much\n`);
        await lane.run();
        await submit(lane, corrected(rejectedCsv(lane)));
        expect(lane.eventIds()).toEqual(whole.eventIds());
        expect(lane.ack(fixed)).toMatchObject({ state: 'complete', counts: { received: 2, published: 2 } });
      }
      if (at > whole.calls) break;
    }
  });
});

describe('a file of rejected rows that a spreadsheet saved', () => {
  it.each<[string, (csv: string) => string | Uint8Array]>([
    ['with semicolons', csv => csv.replaceAll(',', ';')],
    ['with tabs, without a byte order mark', csv => csv.replace('\ufeff', '').replaceAll(',', '\t')],
    ['in UTF-16', csv => Buffer.from(csv.replaceAll(',', '\t'), 'utf16le')],
    ['with line feeds', csv => csv.replaceAll('\r\n', '\n')],
    ['with all cells quoted', csv => csv.replace('\ufeff', '').replace(/[^,\r\n]+/g, cell => `"${cell}"`)],
    ['with the delimiter named', csv => csv.replace('\ufeff', '\ufeffsep=;\r\n').replaceAll(',', ';')],
    ['with rows of empty cells', csv => `${csv},,,,,,,,,,\r\n,,,,,,,,,,\r\n`],
    [
      'with its columns in another order',
      csv =>
        csv
          .split('\r\n')
          .map(line => line.split(',').reverse().join(','))
          .join('\r\n'),
    ],
    ['with a column more', csv => csv.replace(/\r\n/g, ',mine\r\n')],
  ])('is read: %s', async (_, saved) => {
    const lane = await partialLane();
    // Without commas inside cells, lines can be changed by hand.
    const csv = corrected(rejectedCsv(lane)).replace(/"[^"]*"/g, 'told');
    await submit(lane, saved(csv));
    expect(lane.ack(fixed)).toMatchObject({ state: 'complete', counts: { received: 2, published: 2 } });
    expect(
      lane
        .events()
        .slice(2)
        .map(({ data }) => data),
    ).toEqual([
      { itemId: 'bad-1', note: 'b', amount: '2.00' },
      { itemId: 'bad-2', note: 'd', amount: '4.00' },
    ]);
  });
});
