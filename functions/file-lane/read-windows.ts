import { RecordReader } from '../../shared/core/csv/reader.ts';
import { type RecordBatch, TOO_LONG } from '../../shared/core/csv/record-batch.ts';
import { RecordScanner } from '../../shared/core/csv/scanner.ts';
import { DecimalSum } from '../../shared/core/file/control-totals.ts';
import type { Totals } from '../../shared/core/file/totals.ts';
import type { Chunk, Inspection, Progress } from '../../shared/core/outcome/handoff.ts';
import { type Row, type RowMaker, rowMaker } from '../../shared/core/row/make-row.ts';
import type { FileOrigin } from '../../shared/core/row/row-events.ts';
import type { Work } from './work.ts';

/** Rows between two checkpoints, and where the next window begins. */
export interface Window {
  readonly rows: readonly Row[];
  readonly next: Pick<Progress, 'nextByte' | 'nextRecord' | 'nextLine'>;
  /** Sums of the control-total columns over the rows. */
  readonly totals: Totals;
  /** Nothing of the chunk is left after it. */
  readonly last: boolean;
}

/** Reads a chunk from its checkpoint on, window by window. Memory is bounded by a window and a piece of the file. */
export async function* readWindows(
  work: Work,
  origin: FileOrigin,
  inspection: Inspection,
  chunk: Chunk,
): AsyncGenerator<Window> {
  const { nextByte, nextLine } = chunk.progress;
  const scanner = new RecordScanner(work.lane.dialect, { byte: nextByte, line: nextLine });
  const filling = new FillingWindow(
    work,
    rowMaker(work.lane, origin, inspection.columnsAt),
    inspection.width,
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
  yield filling.close(chunk.byteEnd, rest.nextLine, true);
}

class FillingWindow {
  readonly #work: Work;
  readonly #make: RowMaker;
  readonly #reader: RecordReader;
  #nextRecord: number;
  #rows: Row[] = [];
  #bytes = 0;

  constructor(work: Work, make: RowMaker, width: number, nextRecord: number) {
    this.#work = work;
    this.#make = make;
    this.#reader = new RecordReader(work.lane.dialect, width);
    this.#nextRecord = nextRecord;
  }

  *take(batch: RecordBatch): Generator<Window> {
    const records = this.#reader.read(batch, this.#nextRecord);
    for (let i = 0; i < batch.count; i++) {
      const raw = batch.bytes.subarray(batch.starts[i]!, batch.ends[i]!);
      const at = { line: batch.lines[i]!, record: this.#nextRecord++, byteOffset: batch.offsets[i]! };
      this.#rows.push(this.#make(records[i]!, raw, lengthOf(batch, i), at));
      this.#bytes += raw.length;
      if (this.#isFull)
        yield this.close(batch.offsets[i + 1] ?? batch.nextByte, batch.lines[i + 1] ?? batch.nextLine, false);
    }
  }

  get #isFull(): boolean {
    const { checkpointRecordsMax, checkpointBytesMax } = this.#work.bounds;
    return this.#rows.length >= checkpointRecordsMax || this.#bytes >= checkpointBytesMax;
  }

  /** The window so far; the next one begins at the byte and line given. */
  close(nextByte: number, nextLine: number, last: boolean): Window {
    const rows = this.#rows;
    this.#rows = [];
    this.#bytes = 0;
    const totals = totalsOf(this.#work.lane.controlTotals, rows);
    return { rows, next: { nextByte, nextLine, nextRecord: this.#nextRecord }, totals, last };
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
