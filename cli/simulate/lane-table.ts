import { gunzipSync } from 'node:zlib';
import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { isFields, RecordReader } from '#adapters/file-lane/core/csv/reader.ts';
import { RecordScanner } from '#adapters/file-lane/core/csv/scanner.ts';
import { csvLine } from '#adapters/file-lane/core/csv/write.ts';
import { toUtf8 } from '#adapters/file-lane/core/file/decode.ts';
import { encodeText } from '#adapters/file-lane/core/quarantine/encode-text.ts';

type Cells = readonly string[];

/** A lane's file, as cells. */
export interface LaneTable {
  /** Undefined where files have none. */
  readonly header: Cells | undefined;
  readonly rows: readonly Cells[];
  /** The line of the trailer, as it is written. */
  readonly trailer: string | undefined;
}

type TableLane = Pick<FileLane, 'dialect'>;

/** @throws Error for a file with a row that cannot be read. */
export async function readTable({ dialect }: TableLane, file: Uint8Array): Promise<LaneTable> {
  const plain = file[0] === 0x1f && file[1] === 0x8b ? gunzipSync(file) : file;
  const scanner = new RecordScanner({ ...dialect, encoding: 'utf-8' });
  const reader = new RecordReader({ ...dialect, encoding: 'utf-8', nullMarker: undefined });
  const records: Cells[] = [];
  for await (const piece of toUtf8(piecesOf(plain), dialect.encoding))
    records.push(...reader.read(scanner.push(piece)).map(cellsOf));
  records.push(...reader.read(scanner.end()).map(cellsOf));
  const isNamed = dialect.header === 'by-name';
  return {
    header: isNamed ? records[0] : undefined,
    rows: isNamed ? records.slice(1) : records,
    trailer: scanner.trailer && new TextDecoder().decode(scanner.trailer.bytes),
  };
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function cellsOf(record: ReturnType<RecordReader['read']>[number]): Cells {
  if (isFields(record)) return record;
  throw new Error(`a row of the sample cannot be read: ${record.code}`);
}

export function writeTable({ dialect }: TableLane, { header, rows, trailer }: LaneTable): Uint8Array {
  const lines = [...(header ? [header] : []), ...rows].map(cells => csvLine(cells, dialect));
  return encodeText(dialect.encoding)([...lines, trailer ?? ''].join(''));
}
