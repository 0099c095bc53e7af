import type { QuarantinedRow } from '#adapters/file-lane/core/quarantine/quarantine-line.ts';
import { rejectedRowsCsv } from '#adapters/file-lane/core/quarantine/rejected-rows-csv.ts';

const plain: QuarantinedRow = {
  line: 3,
  record: 2,
  byteOffset: 40,
  bytes: 5,
  code: 'NOT_A_NUMBER',
  class: 'BUSINESS_REJECTED',
  column: 'version',
  detail: 'is not a number',
  remedy: 'Write a number.',
  others: [],
  raw: 'i-1',
  sha256: '0'.repeat(64),
};

async function* each(rows: readonly QuarantinedRow[]): AsyncGenerator<QuarantinedRow> {
  yield* rows;
}

async function csvOf(...rows: readonly QuarantinedRow[]): Promise<string> {
  let csv = '';
  for await (const piece of rejectedRowsCsv(each(rows))) csv += Buffer.from(piece).toString('utf8');
  return csv;
}

const head = 'line,column,code,problem,remedy,row\r\n';
const told = '3,version,NOT_A_NUMBER,is not a number,Write a number.,';

describe('the rejected rows as a CSV', () => {
  it('have one line a row, whose problem names all faults', async () => {
    const others = [
      { code: 'MISSING_VALUE', detail: 'is empty', remedy: 'Fill it in.', column: 'note' },
      { code: 'SCHEMA_VIOLATION', detail: 'does not fit', remedy: 'Correct it.' },
    ] as const;
    expect(await csvOf({ ...plain, others }, plain)).toBe(
      `${head}3,version,NOT_A_NUMBER,is not a number; note: is empty; does not fit,Write a number.,i-1\r\n${told}i-1\r\n`,
    );
  });

  it.each([
    ['an equals sign', '=1+1', "'=1+1"],
    ['a plus', '+1', "'+1"],
    ['a minus', '-1', "'-1"],
    ['an at sign', '@SUM(A1)', "'@SUM(A1)"],
    ['a tab', '\t=1', "'\t=1"],
    ['a carriage return', '\r=1', `"'\r=1"`],
    ['an equals sign and needs quotes', '=1,"2"', `"'=1,""2"""`],
  ])('have no cell that is a formula: one that begins with %s', async (_, raw, cell) => {
    expect(await csvOf({ ...plain, raw })).toBe(`${head}${told}${cell}\r\n`);
  });

  it('leave a cell alone that has such a character further on', async () => {
    expect(await csvOf({ ...plain, raw: 'i-1=+@' })).toBe(`${head}${told}i-1=+@\r\n`);
  });

  it('neutralise every cell, whatever its column', async () => {
    expect(await csvOf({ ...plain, column: '=c', detail: '-d', remedy: '@r' })).toBe(
      `${head}3,'=c,NOT_A_NUMBER,'-d,'@r,i-1\r\n`,
    );
  });
});
