import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import type { FileFormat } from '#adapters/file-lane/contract/file-format.ts';
import { text } from '#shared/core/mapping/text.ts';
import { zipOf } from '../core/file/zip-of.ts';
import { header, laneWith, rows } from './lanes.ts';
import { LaneSimulator } from './simulator.ts';

const plain = `${header}i-1,1,größer,1.50\ni-2,1,"a, ""b""\nc",2.50\n`;
const expected = [
  { itemId: 'i-1', note: 'größer', amount: '1.50' },
  { itemId: 'i-2', note: 'a, "b"\nc', amount: '2.50' },
];

const swap = (from: string, to: string) => plain.replaceAll(from, to);

/** The same two records in every shape that a contract can declare. */
const shapes: readonly [string, FileFormat, Uint8Array | string, string?][] = [
  ['RFC 4180 in UTF-8', {}, plain],
  ['with a byte order mark', {}, `\ufeff${plain}`],
  ['with CRLF', {}, plain.replaceAll('\n', '\r\n').replace('\r\nc', '\nc')],
  ['with CR', {}, plain.replaceAll('\n', '\r').replace('\rc', '\nc')],
  ['without a last line end', {}, plain.trimEnd()],
  ['with blank lines', {}, plain.replaceAll('\ni-', '\n\n\ni-')],
  ['with pipes', { delimiter: '|' }, 'id|version|note|amount\ni-1|1|größer|1.50\ni-2|1|"a, ""b""\nc"|2.50\n'],
  ['with single quotes', { quote: "'" }, `${header}i-1,1,größer,1.50\ni-2,1,'a, "b"\nc',2.50\n`],
  ['with backslash escapes', { escape: '\\' }, swap('""', '\\"')],
  ['in UTF-16 LE with BOM', { encoding: 'utf-16' }, iconv.encode(plain, 'utf-16le', { addBOM: true })],
  ['in UTF-16 BE with BOM', { encoding: 'utf-16' }, iconv.encode(plain, 'utf-16be', { addBOM: true })],
  ['in UTF-16 LE', { encoding: 'utf-16le' }, iconv.encode(plain, 'utf-16le')],
  ['in Latin-1', { encoding: 'latin1' }, iconv.encode(plain, 'latin1')],
  ['in Windows-1252', { encoding: 'windows-1252' }, iconv.encode(plain, 'windows-1252')],
  ['gzipped', {}, gzipSync(plain), '.gz'],
  [
    'gzipped UTF-16',
    { encoding: 'utf-16' },
    gzipSync(iconv.encode(plain, 'utf-16le', { addBOM: true })),
    '.gz',
  ],
  ['zipped', {}, zipOf([{ name: 'items.csv', content: Buffer.from(plain) }]), '.zip'],
  ['with comments', { comment: '#' }, plain.replaceAll('\ni-', '\n# a "comment\ni-')],
  ['with a trailer', { trailer: { startsWith: 'TRL', records: 2 } }, `${plain}TRL,2\n`],
  ['without a header', { header: 'none' }, plain.slice(header.length)],
  [
    'with its columns in another order',
    {},
    `amount,note,id,version\n1.50,größer,i-1,1\n2.50,"a, ""b""\nc",i-2,1\n`,
  ],
  [
    'with columns that no one agreed',
    {},
    plain
      .replace('amount\n', 'amount,more\n')
      .replace('1.50\n', '1.50,x\n')
      .replace('2.50\n', '2.50,"y\nz"\n'),
  ],
];

describe.each(shapes)('a file %s', (_, format, content, suffix = '') => {
  it.each([1_000_000, 7])('becomes the same events, read in pieces of %i bytes', async pieceBytes => {
    const lane = new LaneSimulator(laneWith({ format }), { pieceBytes });
    lane.drop(`items_1.csv${suffix}`, content);
    await lane.run();
    expect(lane.ack(`items_1.csv${suffix}`)).toMatchObject({
      state: 'complete',
      counts: { received: 2, published: 2 },
    });
    expect(lane.events().map(event => event.data)).toEqual(expected);
  });
});

describe('a header', () => {
  it('may use an alias, other capitals and spaces around', async () => {
    const lane = laneWith();
    const columns = { ...lane.columns, note: text({ max: 200, aliases: ['Bemerkung'] }) };
    const simulator = new LaneSimulator(laneWith({ columns } as never));
    simulator.drop('items_1.csv', ` ID , Version,Bemerkung,AMOUNT\n${rows(2)}`);
    await simulator.run();
    expect(simulator.ack('items_1.csv')).toMatchObject({ state: 'complete', counts: { published: 2 } });
  });
});

describe('an archive', () => {
  const one = { name: 'a.csv', content: Buffer.from(plain) };
  it.each([
    ['of two files', zipOf([one, { ...one, name: 'b.csv' }]), 'items_1.csv.zip', 'ARCHIVE_NOT_ONE_FILE'],
    ['that is empty', zipOf([]), 'items_1.csv.zip', 'ARCHIVE_NOT_ONE_FILE'],
    ['cut in the middle', zipOf([one]).subarray(0, 60), 'items_1.csv.zip', 'BROKEN_ARCHIVE'],
    ['that is a bomb', gzipSync(Buffer.alloc(20_000_000)), 'items_1.csv.gz', 'EXPANDS_TOO_MUCH'],
  ])('%s is rejected', async (_, content, name, code) => {
    const lane = new LaneSimulator(laneWith());
    lane.drop(name, content);
    await lane.run();
    expect(lane.ack(name)).toMatchObject({ state: 'rejected', balanced: true, fault: { code } });
    expect(lane.events()).toEqual([]);
  });
});

it('identical daily files are two files where the contract says so', async () => {
  const delivery = { folder: 'shop', name: 'items_{yyyyMMdd}.csv' };
  const lane = new LaneSimulator(laneWith({ delivery, duplicateScope: 'period' }));
  lane.drop('items_20261101.csv', plain);
  lane.drop('items_20261102.csv', plain);
  await lane.run();
  expect(lane.ack('items_20261102.csv')).toMatchObject({ state: 'complete', period: '20261102' });
  expect(lane.eventIds()).toHaveLength(4);
});
