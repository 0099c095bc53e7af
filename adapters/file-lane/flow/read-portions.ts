import { limits } from '#shared/contract/limits.ts';
import { publishFormOf } from '#shared/contract/publish-form.ts';
import type { FileLane } from '../contract/file-lane.ts';
import { RecordReader } from '../core/csv/reader.ts';
import { type RecordBatch, TOO_LONG } from '../core/csv/record-batch.ts';
import { RecordScanner } from '../core/csv/scanner.ts';
import { DecimalSum } from '../core/file/control-totals.ts';
import type { Totals } from '../core/file/totals.ts';
import type { Chunk, Inspection, Progress } from '../core/outcome/handoff.ts';
import { correctionMaker } from '../core/row/correction-maker.ts';
import { type Row, type RowMaker, rowMaker } from '../core/row/make-row.ts';
import type { FileOrigin } from '../core/row/row-events.ts';
import { columnsNow } from './columns-now.ts';
import type { Work } from './work.ts';

/** Rows that are made and ended together, and where to go on after them. */
export interface Portion {
  readonly rows: readonly Row[];
  readonly next: Pick<Progress, 'nextByte' | 'nextRecord' | 'nextLine'>;
  /** Sums of the control-total columns over the rows. */
  readonly totals: Totals;
  /** What its last row ends: a window, after which comes a checkpoint, or the chunk with its last window. */
  readonly ends: 'nothing' | 'window' | 'chunk';
}

/**
 * Rows live until their portion is published. Fewer at once, and most never leave the youngest generation of the heap,
 * which saves a seventh of the lane's CPU; more at once, and calls wait less for a portion's slowest. Two full rounds of calls.
 */
const portionRecordsMax = 2 * limits.callsInFlightMax * limits.putEventsEntriesMax;

/** Reads a chunk from its checkpoint on. Memory is bounded by a window and a piece of the file. */
export async function* readPortions(
  work: Work,
  origin: FileOrigin,
  inspection: Inspection,
  chunk: Chunk,
): AsyncGenerator<Portion> {
  const { nextByte, nextLine } = chunk.progress;
  const { columnsAt, width } = await columnsNow(work, inspection);
  const scanner = new RecordScanner(work.lane.dialect, { byte: nextByte, line: nextLine });
  const filling = new FillingPortion(
    work,
    makerOf(work, origin, columnsAt),
    width,
    chunk.progress.nextRecord,
  );
  for await (const piece of work.ports.files.read(inspection.source, {
    start: nextByte,
    end: chunk.byteEnd,
  })) {
    yield* filling.take(scanner.push(piece));
  }
  const rest = scanner.end();
  yield* filling.take(rest);
  yield filling.close('chunk', chunk.byteEnd, rest.nextLine);
}

/** Rows that are reprocessed lie in a staged file, which says of each what it corrects. */
function makerOf({ lane }: Work, origin: FileOrigin, columnsAt: readonly number[]): RowMaker {
  return origin.corrects ? correctionMaker(lane, origin, columnsAt) : rowMaker(lane, origin, { columnsAt });
}

/** Rows of one window that share a key are decided together; events that share entries fill them. */
const hasWholeWindows = ({ duplicates, events, publish }: FileLane): boolean =>
  duplicates === 'row' || events.some(({ type }) => publishFormOf(publish, type) === 'batch');

class FillingPortion {
  readonly #work: Work;
  readonly #make: RowMaker;
  readonly #reader: RecordReader;
  readonly #recordsMax: number;
  #nextRecord: number;
  #rows: Row[] = [];
  #windowRecords = 0;
  #windowBytes = 0;

  constructor(work: Work, make: RowMaker, width: number, nextRecord: number) {
    this.#work = work;
    this.#make = make;
    this.#reader = new RecordReader(work.lane.dialect, width);
    this.#recordsMax = hasWholeWindows(work.lane) ? Number.POSITIVE_INFINITY : portionRecordsMax;
    this.#nextRecord = nextRecord;
  }

  *take(batch: RecordBatch): Generator<Portion> {
    const records = this.#reader.read(batch, this.#nextRecord);
    for (let i = 0; i < batch.count; i++) {
      const raw = batch.bytes.subarray(batch.starts[i]!, batch.ends[i]!);
      const at = { line: batch.lines[i]!, record: this.#nextRecord++, byteOffset: batch.offsets[i]! };
      this.#rows.push(this.#make(records[i]!, raw, lengthOf(batch, i), at));
      this.#windowRecords++;
      this.#windowBytes += raw.length;
      const ends = this.#ends();
      if (ends)
        yield this.close(ends, batch.offsets[i + 1] ?? batch.nextByte, batch.lines[i + 1] ?? batch.nextLine);
    }
  }

  /** What the row taken last ends; undefined when there is room for more. */
  #ends(): Portion['ends'] | undefined {
    const { checkpointRecordsMax, checkpointBytesMax } = this.#work.bounds;
    if (this.#windowRecords >= checkpointRecordsMax || this.#windowBytes >= checkpointBytesMax)
      return 'window';
    return this.#rows.length >= this.#recordsMax ? 'nothing' : undefined;
  }

  /** The portion so far; the next one begins at the byte and line given. */
  close(ends: Portion['ends'], nextByte: number, nextLine: number): Portion {
    const rows = this.#rows;
    this.#rows = [];
    if (ends !== 'nothing') {
      this.#windowRecords = 0;
      this.#windowBytes = 0;
    }
    const totals = totalsOf(this.#work.lane.controlTotals, rows);
    return { rows, next: { nextByte, nextLine, nextRecord: this.#nextRecord }, totals, ends };
  }
}

function totalsOf(columns: readonly string[], rows: readonly Row[]): Totals {
  return Object.fromEntries(
    columns.map((column, c) => {
      const sum = new DecimalSum();
      for (const { amounts } of rows) sum.add(amounts[c] ?? '');
      return [column, String(sum)];
    }),
  );
}

/** An overlong record is kept only in part; its length, line end included, is known all the same. */
const lengthOf = (batch: RecordBatch, i: number): number =>
  batch.flags[i]! & TOO_LONG ? batch.nexts[i]! - batch.offsets[i]! : batch.ends[i]! - batch.starts[i]!;
