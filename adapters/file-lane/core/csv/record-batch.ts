/** The record holds a quote somewhere, so that it may not simply be split at its delimiters. */
export const QUOTED = 1;
/** Faulty: a quoted field that begins on this line does not end. The record is this one physical line. */
export const UNCLOSED = 2;
/** Faulty: the line is longer than a record may be; only its head was kept. */
export const TOO_LONG = 4;

/** Records found by a scanner, as a struct of arrays: `count` entries in each. Valid as long as it is held. */
export interface RecordBatch {
  readonly bytes: Uint8Array;
  readonly count: number;
  /** Where a record lies in `bytes`, without its line end; a TOO_LONG record only with its first bytes. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Byte of the source at which each record begins. */
  readonly offsets: readonly number[];
  /** Byte of the source after each record's line end: a safe place to cut. */
  readonly nexts: readonly number[];
  /** Line, from 1 or as the scanner was told, at which each record begins. */
  readonly lines: readonly number[];
  /** QUOTED, UNCLOSED, TOO_LONG */
  readonly flags: readonly number[];
  /** Byte of the source up to which all is scanned, and the line that begins there: a safe place to cut. */
  readonly nextByte: number;
  readonly nextLine: number;
}

export class BatchBuilder {
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly offsets: number[] = [];
  readonly nexts: number[] = [];
  readonly lines: number[] = [];
  readonly flags: number[] = [];

  /**
   * `base`: byte of the source at index 0 of the bytes scanned. Both methods take positions, not an object: they are called once
   * for each record.
   */
  add(start: number, end: number, next: number, base: number, line: number, flags: number): void {
    this.addAt(start, end, base + start, base + next, line, flags);
  }

  addAt(start: number, end: number, offset: number, next: number, line: number, flags: number): void {
    this.starts.push(start);
    this.ends.push(end);
    this.offsets.push(offset);
    this.nexts.push(next);
    this.lines.push(line);
    this.flags.push(flags);
  }

  get count(): number {
    return this.starts.length;
  }

  build(bytes: Uint8Array, nextByte: number, nextLine: number): RecordBatch {
    const { starts, ends, offsets, nexts, lines, flags, count } = this;
    return { bytes, count, starts, ends, offsets, nexts, lines, flags, nextByte, nextLine };
  }
}
