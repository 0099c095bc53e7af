import { type Fault, fault, isFault } from '#shared/contract/fault.ts';
import type { FileLane } from '../../contract/file-lane.ts';
import { type ResolvedHeader, resolveHeader } from '../csv/header.ts';
import { readHeader } from '../csv/read-header.ts';
import type { RecordBatch } from '../csv/record-batch.ts';
import { RecordsHash } from '../csv/records-hash.ts';
import { RecordScanner } from '../csv/scanner.ts';
import type { ChunkPlan } from '../outcome/handoff.ts';
import { fileTypeBytes, otherText } from './file-type.ts';

export interface Scanned {
  /** Why the file as a whole cannot be worked on. */
  readonly fault: Fault | undefined;
  readonly records: number;
  readonly commentLines: number;
  /** SHA-256 (hex) of the records as fields. */
  readonly recordsSha256: string;
  readonly chunks: readonly ChunkPlan[];
  readonly columnsAt: readonly number[];
  readonly width: number;
  readonly ignored: readonly string[];
  /** The trailer line, where the dialect has one. */
  readonly trailer: string | undefined;
}

type Position = Pick<ChunkPlan, 'byteStart' | 'firstLine'>;

/** Counts a file's records as its clean UTF-8 bytes pass, reads its header, and plans the chunks to work on. */
export class FileScan {
  readonly #lane: FileLane;
  readonly #chunkBytesMax: number;
  readonly #scanner: RecordScanner;
  readonly #hash: RecordsHash;
  readonly #chunks: ChunkPlan[] = [];
  #header: ResolvedHeader | Fault | undefined;
  /** What tells the type of a file that is no CSV. */
  #head: Buffer = Buffer.alloc(0);
  #records = 0;
  #from: Position = { byteStart: 0, firstLine: 1 };
  #planned = 0;

  constructor(lane: FileLane, chunkBytesMax: number) {
    this.#lane = lane;
    this.#chunkBytesMax = chunkBytesMax;
    this.#scanner = new RecordScanner(lane.dialect);
    this.#hash = new RecordsHash(lane.dialect);
    if (lane.dialect.header === 'none') this.#header = resolveHeader([], lane);
  }

  /** Records counted so far; the header is none. */
  get records(): number {
    return this.#records;
  }

  push(bytes: Uint8Array): void {
    if (this.#head.length < fileTypeBytes)
      this.#head = Buffer.concat([this.#head, bytes.subarray(0, fileTypeBytes)]);
    this.#count(this.#scanner.push(bytes));
  }

  end(): Scanned {
    const rest = this.#scanner.end();
    this.#count(rest);
    if (this.#records > this.#planned) this.#plan(rest);
    const header =
      this.#header && !isFault(this.#header) ? this.#header : { columnsAt: [], width: 0, ignored: [] };
    const { trailer } = this.#scanner;
    return {
      ...header,
      fault: this.#fault(),
      records: this.#records,
      commentLines: this.#scanner.comments,
      recordsSha256: this.#hash.digest(trailer?.bytes),
      chunks: this.#chunks,
      trailer: trailer && Buffer.from(trailer.bytes).toString('utf8'),
    };
  }

  #count(batch: RecordBatch): void {
    this.#hash.push(batch);
    const isHeader = this.#header === undefined && batch.count > 0;
    if (isHeader) this.#readHeader(batch);
    this.#records += batch.count - (isHeader ? 1 : 0);
    if (this.#records > this.#planned && batch.nextByte - this.#from.byteStart >= this.#chunkBytesMax)
      this.#plan(batch);
  }

  #readHeader(batch: RecordBatch): void {
    this.#header = readHeader(this.#lane, firstOf(batch));
    this.#from = {
      byteStart: batch.offsets[1] ?? batch.nextByte,
      firstLine: batch.lines[1] ?? batch.nextLine,
    };
  }

  /** Closes a chunk at the last place where the batch may be cut. */
  #plan({ nextByte, nextLine }: RecordBatch): void {
    const records = this.#records - this.#planned;
    const firstRecord = this.#planned + 1;
    this.#chunks.push({ n: this.#chunks.length + 1, ...this.#from, byteEnd: nextByte, firstRecord, records });
    this.#planned = this.#records;
    this.#from = { byteStart: nextByte, firstLine: nextLine };
  }

  /** JSON or XML is told by name where its first line is no header, or none is agreed. */
  #fault(): Fault | undefined {
    const found = this.#scanner.fault ?? this.#headerFault() ?? this.#trailerFault();
    const mayBeOther = found ? found.code !== 'HEADER_ONLY' : this.#lane.dialect.header === 'none';
    return (mayBeOther ? otherText(this.#head) : undefined) ?? found;
  }

  #headerFault(): Fault | undefined {
    if (this.#header === undefined)
      return fault('EMPTY_FILE', {}, 'the file holds no line but blank ones or comments');
    if (isFault(this.#header)) return this.#header;
    if (this.#records > 0) return undefined;
    return this.#lane.dialect.header === 'none'
      ? fault('EMPTY_FILE', {}, 'the file holds no record')
      : fault('HEADER_ONLY', {}, 'no record follows the header');
  }

  #trailerFault(): Fault | undefined {
    if (!this.#lane.dialect.trailer) return undefined;
    const { startsWith } = this.#lane.dialect.trailer;
    const { trailer } = this.#scanner;
    if (!trailer) return fault('MISSING_TRAILER', {}, `no line begins with ${startsWith}`);
    if (trailer.times === 1 && trailer.recordsAfter === 0) return undefined;
    return fault(
      'MISSING_TRAILER',
      { line: trailer.line },
      `the line that begins with ${startsWith} is not the last`,
    );
  }
}

const firstOf = (batch: RecordBatch): RecordBatch => ({ ...batch, count: 1 });
