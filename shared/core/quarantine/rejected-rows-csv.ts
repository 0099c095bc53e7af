import { csvLine } from '../csv/write.ts';
import type { QuarantinedRow } from './quarantine-line.ts';

const header = ['line', 'column', 'code', 'problem', 'remedy', 'row'];

/** The quarantined rows as a CSV that a partner can read: where, what, how to mend it, and the row itself. RFC 4180, UTF-8. */
export async function* rejectedRowsCsv(rows: AsyncIterable<QuarantinedRow>): AsyncGenerator<Uint8Array> {
  yield Buffer.from(csvLine(header));
  for await (const { line, column, code, detail, remedy, raw } of rows) {
    yield Buffer.from(csvLine([String(line), column ?? '', code, detail, remedy, raw]));
  }
}
