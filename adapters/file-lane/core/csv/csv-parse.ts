import { CsvError, type Options, parse } from 'csv-parse/sync';
import type { Dialect } from '../../contract/file-format.ts';
import { loneEscapesDoubled } from './lone-escapes.ts';

type Fields = readonly string[];

/**
 * Has csv-parse split records, each complete and without its line end: all in one call, in halves where it refuses some.
 * Undefined for a record that it refuses or does not take for one record.
 */
export function parseRecords(
  records: readonly string[],
  dialect: Pick<Dialect, 'delimiter' | 'quote' | 'escape'>,
): readonly (Fields | undefined)[] {
  const options: Options = {
    delimiter: dialect.delimiter,
    quote: dialect.quote,
    escape: dialect.escape,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
  };
  return parsedInHalves(
    records.map(record => loneEscapesDoubled(record, dialect)),
    options,
  );
}

function parsedInHalves(records: readonly string[], options: Options): readonly (Fields | undefined)[] {
  const found = parsed(records, options);
  if (found) return found;
  if (records.length === 1) return [undefined];
  const half = records.length >> 1;
  const halves = [records.slice(0, half), records.slice(half)];
  return halves.flatMap(part => parsedInHalves(part, options));
}

/** Undefined unless csv-parse makes exactly these records of them. */
function parsed(records: readonly string[], options: Options): readonly Fields[] | undefined {
  try {
    const found = parse(records.join('\n'), options) as unknown as Fields[];
    return found.length === records.length ? found : undefined;
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}
