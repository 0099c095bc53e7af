import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { type Dialect, dialectOf, type FileFormat } from '#adapters/file-lane/contract/file-format.ts';
import { type ReadRecord, RecordReader } from '#adapters/file-lane/core/csv/reader.ts';
import { RecordScanner, type ScanBounds } from '#adapters/file-lane/core/csv/scanner.ts';
import { limits } from '#shared/contract/limits.ts';

/** One record as a scan found it, for comparison. */
export interface Found {
  readonly offset: number;
  readonly next: number;
  readonly line: number;
  readonly flags: number;
  readonly text: string;
  readonly read: ReadRecord;
}

export interface Scan {
  readonly records: readonly Found[];
  /** Every place at which the source may be cut. */
  readonly cuts: readonly { readonly byte: number; readonly line: number }[];
  readonly scanner: RecordScanner;
}

export const bounds: ScanBounds = limits;

interface ScanOptions {
  readonly format?: FileFormat;
  readonly pieces?: readonly number[];
  readonly from?: { readonly byte: number; readonly line: number };
  readonly bounds?: ScanBounds;
  readonly width?: number;
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The bytes cut into pieces of the given lengths, taken in turn. */
export function* inPieces(bytes: Uint8Array, lengths: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = Math.max(1, lengths[i % lengths.length] ?? bytes.length);
    yield bytes.slice(at, at + length);
    at += length;
  }
}

export function scan(source: string | Uint8Array, options: ScanOptions = {}): Scan {
  const bytes = typeof source === 'string' ? bytesOf(source) : source;
  const { from = { byte: 0, line: 1 }, pieces = [], width } = options;
  const dialect = dialectOf(options.format);
  const scanner = new RecordScanner(dialect, from, options.bounds ?? bounds);
  const reader = new RecordReader(dialect, width);
  const records: Found[] = [];
  const cuts = [from];
  const take = (batch: ReturnType<RecordScanner['push']>) => {
    const reads = reader.read(batch);
    for (let i = 0; i < batch.count; i++) {
      const text = Buffer.from(batch.bytes.subarray(batch.starts[i], batch.ends[i])).toString('latin1');
      records.push({
        offset: batch.offsets[i]!,
        next: batch.nexts[i]!,
        line: batch.lines[i]!,
        flags: batch.flags[i]!,
        text,
        read: reads[i]!,
      });
    }
    cuts.push({ byte: batch.nextByte, line: batch.nextLine });
  };
  for (const piece of inPieces(bytes, pieces)) take(scanner.push(piece));
  take(scanner.end());
  return { records, cuts, scanner };
}

/** Fields, or the fault's code: what is compared in tables. */
export const reads = (found: Scan): readonly (readonly string[] | string)[] =>
  found.records.map(({ read }) => ('code' in read ? read.code : read));

/** What csv-parse, the authority, makes of a whole source; undefined when it refuses it. */
export function authority(text: string, dialect: Dialect): readonly (readonly string[])[] | undefined {
  try {
    const parsed = parse(withLoneEscapesDoubled(text, dialect), {
      raw: true,
      delimiter: dialect.delimiter,
      quote: dialect.quote,
      escape: dialect.escape,
      comment: dialect.comment ?? null,
      comment_no_infix: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      skip_empty_lines: true,
      relax_column_count: true,
    }) as unknown as { raw: string; record: string[] }[];
    return parsed.filter(({ raw, record }) => !isBlankRow(raw, record, dialect)).map(({ record }) => record);
  } catch {
    return undefined;
  }
}

/** Rows of empty cells are no records for us, unless it is one cell in quotes. `raw` holds the comments before it too. */
function isBlankRow(raw: string, record: readonly string[], { quote, comment }: Dialect): boolean {
  if (record.some(field => field.trim() !== '')) return false;
  if (record.length > 1 || !quote) return true;
  const lines = raw.split(/[\r\n]/).filter(line => comment === undefined || !line.startsWith(comment));
  return !lines.some(line => line.includes(quote));
}

/** csv-parse drops an escape before any character; for us, as for PostgreSQL, it only escapes a quote and itself. */
function withLoneEscapesDoubled(text: string, { delimiter, quote, escape: escaping }: Dialect): string {
  if (!quote || escaping === quote) return text;
  const [d, q, e] = [delimiter, quote, escaping].map(
    mark => `\\x${mark.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  const quoted = new RegExp(`(?<=^|[${d}\\r\\n])${q}(?:${e}[^]|[^${q}${e}])*${q}?`, 'g');
  const lone = new RegExp(`${e}([${q}${e}]?)`, 'g');
  return text.replace(quoted, field => field.replace(lone, (_, next) => escaping + (next || escaping)));
}

/** Every sensible combination of delimiter, quote, escape and comment. */
export const anyFormat: fc.Arbitrary<FileFormat> = fc
  .record({
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    quote: fc.constantFrom('"', "'", false as const),
    escape: fc.constantFrom(undefined, '\\'),
    comment: fc.constantFrom(undefined, '#', '//'),
  })
  .map(({ delimiter, quote, escape: escaping, comment }) => ({
    delimiter,
    quote,
    ...(escaping && quote ? { escape: escaping } : {}),
    ...(comment ? { comment } : {}),
  }));

export const anyPieces = fc.array(fc.integer({ min: 1, max: 40 }), {
  minLength: 1,
  maxLength: 6,
  size: 'max',
});

/** Text made of what matters to a dialect, in any order: mostly malformed. */
export const noise = (format: FileFormat, maxLength = 40): fc.Arbitrary<string> =>
  fc
    .array(
      fc.constantFrom(
        format.delimiter ?? ',',
        format.quote || '"',
        format.quote || '"',
        format.escape ?? 'b',
        '\n',
        '\r\n',
        '\r',
        'a',
        'ü',
        ' ',
        '#',
      ),
      { maxLength, size: 'max' },
    )
    .map(parts => parts.join(''));
