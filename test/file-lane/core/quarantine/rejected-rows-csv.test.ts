import iconv from 'iconv-lite';
import { dialectOf, type FileFormat } from '#adapters/file-lane/contract/file-format.ts';
import type { QuarantinedRow } from '#adapters/file-lane/core/quarantine/quarantine-line.ts';
import { columnNamesOf, rejectedRowsCsv } from '#adapters/file-lane/core/quarantine/rejected-rows-csv.ts';
import { text } from '#shared/core/mapping/text.ts';
import { reads, scan } from '../csv/support.ts';

const columns = { id: text({ max: 9 }), note: text({ max: 9 }) };
const found = { columnsAt: [2, 0], width: 3, ignoredColumns: ['extra'] };

const plain: QuarantinedRow = {
  line: 3,
  record: 2,
  byteOffset: 40,
  bytes: 5,
  code: 'NOT_A_NUMBER',
  class: 'BUSINESS_REJECTED',
  column: 'note',
  detail: 'is not a number',
  remedy: 'Write a number.',
  others: [],
  raw: 'n,x,i-1',
  sha256: '0'.repeat(64),
};

async function* each(rows: readonly QuarantinedRow[]): AsyncGenerator<QuarantinedRow> {
  yield* rows;
}

async function bytesOf(format: FileFormat, rows: readonly QuarantinedRow[], names: object = found) {
  const table = {
    dialect: dialectOf(format),
    columns: columnNamesOf({ columns }, { ...found, ...names }),
    handoffId,
  };
  const pieces: Uint8Array[] = [];
  for await (const piece of rejectedRowsCsv(each(rows), { ...table, hasHeader: true })) pieces.push(piece);
  return Buffer.concat(pieces);
}

const csvOf = async (...rows: readonly QuarantinedRow[]) => (await bytesOf({}, rows)).toString('utf8');

const head =
  '\ufeffnote,extra,id,fault_line,fault_column,fault_code,fault_problem,fault_remedy,fault_row,fault_id\r\n';
const handoffId = `lab.${'0'.repeat(40)}`;
const id = `${handoffId}#2`;
const told = '3,note,NOT_A_NUMBER,is not a number,Write a number.';

describe('the rejected rows as a CSV', () => {
  it('have the file’s columns in their order, then all faults of the row', async () => {
    const others = [
      { code: 'MISSING_VALUE', detail: 'is empty', remedy: 'Fill it in.', column: 'id' },
      { code: 'SCHEMA_VIOLATION', detail: 'does not fit', remedy: 'Correct it.' },
    ] as const;
    expect(await csvOf({ ...plain, others }, plain)).toBe(
      `${head}n,x,i-1,3,note,NOT_A_NUMBER,is not a number; id: is empty; does not fit,Write a number.,,${id}\r\n` +
        `n,x,i-1,${told},,${id}\r\n`,
    );
  });

  it.each([
    ['too few fields', 'n', 'n,,'],
    ['too many fields', 'n,x,i-1,more', 'n,x,i-1'],
    ['a quote that does not close', '"n,x', ',,'],
    ['bytes that are no text', 'n,\ufffd,i', ',,'],
  ])('keep a row of %s as it came, in a column of its own', async (_, raw, cells) => {
    const kept = /[",]/.test(raw) ? `"${raw.replaceAll('"', '""')}"` : raw;
    expect(await csvOf({ ...plain, raw })).toBe(`${head}${cells},${told},${kept},${id}\r\n`);
  });

  it('do not take the part of a row that was kept for the row', async () => {
    expect(await csvOf({ ...plain, truncated: true })).toBe(`${head},,,${told},"n,x,i-1",${id}\r\n`);
  });

  it('have no column twice when they come back', async () => {
    const names = {
      columnsAt: [1, 0],
      width: 9,
      ignoredColumns: [
        'fault_line',
        'fault_column',
        'fault_code',
        'fault_problem',
        'fault_remedy',
        'fault_row',
        'fault_id',
      ],
    };
    const csv = (await bytesOf({}, [{ ...plain, raw: 'n,i-1,3,c,C,p,r,,another' }], names)).toString('utf8');
    expect(csv).toBe(`${head.replace('extra,', '')}n,i-1,${told},,${id}\r\n`);
  });

  it.each<[string, FileFormat, string]>([
    ['a semicolon', { delimiter: ';' }, 'a,b;"c;d";"say ""x"""'],
    ['a tab', { delimiter: '\t' }, 'a b\t"c\td"\te'],
    ['an escape', { escape: '\\' }, '"C:\\t, \\"x\\" \\\\",b,c'],
    ['a comment mark', { comment: '#' }, '"#1",b,c'],
    ['another quote', { quote: "'", delimiter: '|' }, "'a|b'|c|'d''e'"],
    ['no quote', { quote: false, delimiter: ';' }, 'a;"b;c'],
  ])('are read by the partner’s own dialect as they came: %s', async (_, format, raw) => {
    const [header, row] = reads(scan(await bytesOf(format, [{ ...plain, raw }]), { format }));
    expect(header!.slice(0, 4)).toEqual(['note', 'extra', 'id', 'fault_line']);
    expect(row!.slice(0, 3)).toEqual(reads(scan(raw, { format }))[0]);
    expect(row).toHaveLength(10);
  });

  it.each([
    ['utf-8', 'utf8', '\ufeff'],
    ['utf-16', 'utf-16le', '\ufeff'],
    ['utf-16le', 'utf-16le', '\ufeff'],
    ['utf-16be', 'utf-16be', '\ufeff'],
    ['latin1', 'windows-1252', ''],
    ['windows-1252', 'windows-1252', ''],
  ] as const)('are written in the partner’s own encoding: %s', async (encoding, known, mark) => {
    const bytes = await bytesOf({ encoding }, [{ ...plain, raw: 'Größe “5 €”,Ÿ,é' }]);
    const csv = iconv.decode(bytes, known, { stripBOM: false });
    expect(csv).toBe(`${mark}${head.slice(1)}Größe “5 €”,Ÿ,é,${told},,${id}\r\n`);
  });

  it('show a character that the encoding lacks as a question mark', async () => {
    const bytes = await bytesOf({ encoding: 'latin1' }, [{ ...plain, raw: 'ł,😀,é' }]);
    expect(iconv.decode(bytes, 'windows-1252')).toContain('\r\n?,?,é,3,');
  });
});

describe('no cell is a formula', () => {
  const quotedIn = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

  it.each([
    ['an equals sign', '=1+1'],
    ['a plus', '+1+1'],
    ['a minus', '-1+1'],
    ['an at sign', '@SUM(A1)'],
    ['a tab', '\t=1'],
    ['a line end', '\n=1'],
    ['a carriage return', '\r=1'],
    ['white space and a sign', ' =1'],
    ['an invisible character and a sign', '\ufeff=1'],
    ['a full-width equals sign', '＝1+1'],
    ['a full-width plus', '＋1+1'],
    ['a full-width minus', '－1+1'],
    ['a full-width at sign', '＠SUM(A1)'],
    ['an equals sign and needs quotes', '=1,"2"'],
  ])('that begins with %s', async (_, cell) => {
    const raw = `${quotedIn(cell)},x,i-1`;
    expect(await csvOf({ ...plain, raw })).toBe(`${head}${quotedIn(`'${cell}`)},x,i-1,${told},,${id}\r\n`);
  });

  it.each([
    ['a semicolon', 'a;=1+1', "a;'=1+1"],
    ['a comma', 'a,@SUM(A1)', "a,'@SUM(A1)"],
    ['a tab', 'a\t=1', "a\t'=1"],
    ['a bar and white space', 'a| =1', "a|' =1"],
    ['a semicolon that begins the cell', ';=1+1', ";'=1+1"],
    ['two cells', '=1;b;-1+1', "'=1;b;'-1+1"],
  ])('after %s, as in a spreadsheet of another country', async (_, cell, harmless) => {
    const raw = `${quotedIn(cell)},x,i-1`;
    expect(await csvOf({ ...plain, raw })).toBe(`${head}${quotedIn(harmless)},x,i-1,${told},,${id}\r\n`);
  });

  it.each(['i-1=+@', '-12.50', '+7', '-1.234,5', 'a;-5', '1,5;x'])('and %s is left alone', async cell => {
    const raw = `${quotedIn(cell)},x,i-1`;
    expect(await csvOf({ ...plain, raw })).toBe(`${head}${raw},${told},,${id}\r\n`);
  });

  it('whatever its column', async () => {
    const names = { ignoredColumns: ['=c'] };
    const row = { ...plain, column: '=c', detail: '-d', remedy: '@r', raw: '=1' };
    const csv = (await bytesOf({}, [row], names)).toString('utf8');
    expect(csv).toBe(`${head.replace('extra', "'=c")}'=1,,,3,'=c,NOT_A_NUMBER,'-d,'@r,'=1,${id}\r\n`);
  });
});
