import { dialectOf } from '#adapters/file-lane/contract/file-format.ts';
import { TOO_LONG } from '#adapters/file-lane/core/csv/record-batch.ts';
import { RecordScanner } from '#adapters/file-lane/core/csv/scanner.ts';
import { limits } from '#shared/contract/limits.ts';
import { bytesOf } from './support.ts';

const pieceBytes = 65_536;
const fieldBytes = 100 * 1_048_576;

/** Pushes a first piece, one huge run of `x`, and a last piece; the most the scanner held between two pieces. */
function held(first: string, last: string) {
  const scanner = new RecordScanner(dialectOf());
  const piece = new Uint8Array(pieceBytes).fill(0x78);
  let most = 0;
  const found: { flags: number; kept: number; line: number; next: number }[] = [];
  const take = (batch: ReturnType<RecordScanner['push']>) => {
    most = Math.max(most, scanner.retainedBytes, batch.bytes.length);
    for (let i = 0; i < batch.count; i++) {
      const kept = batch.ends[i]! - batch.starts[i]!;
      found.push({ flags: batch.flags[i]!, kept, line: batch.lines[i]!, next: batch.nexts[i]! });
    }
  };
  take(scanner.push(bytesOf(first)));
  for (let sent = 0; sent < fieldBytes; sent += pieceBytes) take(scanner.push(piece));
  take(scanner.push(bytesOf(last)));
  take(scanner.end());
  return { most, found };
}

test.each([
  ['unquoted', 'a\nb,', '\nc\n'],
  ['quoted', 'a\nb,"', '"\nc\n'],
  ['never closed', 'a\nb,"', '\nc\n'],
])('a field of 100 MB, %s, is one fault, held to a record and a piece', (_, first, last) => {
  const { most, found } = held(first, last);
  const end = bytesOf(first).length + fieldBytes + bytesOf(last).length - 2;
  expect(found).toEqual([
    { flags: 0, kept: 1, line: 1, next: 2 },
    { flags: TOO_LONG, kept: limits.quarantinedRowBytesMax, line: 2, next: end },
    { flags: 0, kept: 1, line: 3, next: end + 2 },
  ]);
  expect(most).toBeLessThanOrEqual(limits.recordBytesMax + 2 * pieceBytes);
});

test('a quote that never closes over many lines is held to a record and a piece', () => {
  const scanner = new RecordScanner(dialectOf());
  const rows = bytesOf(`${'some,row,without,quotes\n'.repeat(2_700)}`);
  let most = 0;
  let records = 0;
  const take = (batch: ReturnType<RecordScanner['push']>) => {
    most = Math.max(most, scanner.retainedBytes, batch.bytes.length);
    records += batch.count;
  };
  take(scanner.push(bytesOf('a,"b\n')));
  for (let i = 0; i < 100; i++) take(scanner.push(rows));
  take(scanner.end());
  expect(records).toBe(1 + 100 * 2_700);
  expect(most).toBeLessThanOrEqual(limits.recordBytesMax + 2 * rows.length);
});
