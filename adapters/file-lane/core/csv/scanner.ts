import type { Fault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import type { Dialect } from '../../contract/file-format.ts';
import { BlankRecords } from './blank-record.ts';
import { afterLineEnd, isLineEnd, lineEnd } from './line-ends.ts';
import { bomLength, type LineKind, LineKinds } from './line-kind.ts';
import { joined, PieceBuffer } from './piece-buffer.ts';
import { BatchBuilder, QUOTED, type RecordBatch, TOO_LONG, UNCLOSED } from './record-batch.ts';
import { NEEDS_MORE, RecordEnd } from './record-end.ts';
import { RescanBudget } from './rescan-budget.ts';
import { type TrailerLine, TrailerWatch } from './trailer-watch.ts';

export type ScanBounds = {
  readonly [K in 'recordBytesMax' | 'quarantinedRowBytesMax' | 'rescannedBytesMax']: number;
};

/** A line that begins at index `at` of the bytes being scanned. */
interface LineStart {
  readonly kind: LineKind;
  readonly at: number;
}

/** A line too long to hold: its end is still to come. */
interface LongLine {
  readonly kind: LineKind;
  readonly head: Uint8Array;
  readonly offset: number;
  readonly line: number;
}

const WAIT = -1;

/**
 * Finds records in a stream of clean UTF-8 bytes that comes in any pieces, and where to cut between them. Holds at most
 * about one record of the allowed length and the piece at hand. A scan from any place that another scan of the same
 * source named as `nexts` or `nextByte`, ended at any later such place, finds the same records with the same faults:
 * what a record is depends on its own bytes only, and an unclosed quote is unclosed wherever the input ends after it.
 */
export class RecordScanner {
  readonly #bounds: ScanBounds;
  readonly #recordEnd: RecordEnd;
  readonly #kinds: LineKinds;
  readonly #blanks: BlankRecords;
  readonly #rescans: RescanBudget;
  readonly #pieces = new PieceBuffer();
  readonly #trailers = new TrailerWatch();
  /** Byte of the source at index 0 of the bytes being scanned. */
  #base: number;
  #line: number;
  #longLine: LongLine | undefined;
  #batch = new BatchBuilder();
  #comments = 0;

  constructor(dialect: Dialect, from = { byte: 0, line: 1 }, bounds: ScanBounds = limits) {
    this.#bounds = bounds;
    this.#recordEnd = new RecordEnd(dialect);
    this.#base = from.byte;
    this.#line = from.line;
    this.#kinds = new LineKinds(dialect);
    this.#blanks = new BlankRecords(dialect);
    this.#rescans = new RescanBudget(bounds.rescannedBytesMax);
  }

  /** The records that `piece` completes. The scanner keeps no part of a piece that it has handed out in a batch. */
  push(piece: Uint8Array): RecordBatch {
    if (this.fault) return this.#nothing();
    this.#pieces.add(piece);
    return this.#pieces.isWorthScanning ? this.#scan(false) : this.#nothing();
  }

  /** The rest, once all pieces were pushed. */
  end(): RecordBatch {
    return this.fault ? this.#nothing() : this.#scan(true);
  }

  /** The trailer line, if one was seen: the first, how many there were, and how many records came after it. */
  get trailer(): TrailerLine | undefined {
    return this.#trailers.seen;
  }

  /** Comment lines so far. */
  get comments(): number {
    return this.#comments;
  }

  /** Why the file cannot be read on: too many unclosed quotes. Nothing is scanned once it is set. */
  get fault(): Fault | undefined {
    return this.#rescans.fault;
  }

  /** Bytes held between two calls. */
  get retainedBytes(): number {
    return this.#pieces.length + (this.#longLine?.head.length ?? 0);
  }

  #nothing(): RecordBatch {
    return this.#built(new BatchBuilder(), new Uint8Array());
  }

  /** What is not scanned yet begins at the long line, if the scan is in the midst of one. */
  #built(batch: BatchBuilder, bytes: Uint8Array): RecordBatch {
    const next = this.#longLine ?? { offset: this.#base, line: this.#line };
    return batch.build(bytes, next.offset, next.line);
  }

  #scan(final: boolean): RecordBatch {
    this.#batch = new BatchBuilder();
    let bytes = this.#pieces.joined();
    let at = 0;
    if (this.#longLine) {
      const end = lineEnd(bytes, 0);
      const next = afterLineEnd(bytes, end, final);
      if (next < 0) return this.#hold(bytes, end);
      bytes = this.#endLongLine(this.#longLine, bytes, next);
      at = this.#batch.ends[0] ?? 0;
    }
    this.#recordEnd.over(bytes);
    while (at < bytes.length && !this.fault) {
      const next = this.#step(bytes, at, final);
      if (next === WAIT) break;
      at = next;
    }
    return this.#hold(bytes, at);
  }

  #hold(bytes: Uint8Array, at: number): RecordBatch {
    const rest = bytes.subarray(this.fault ? bytes.length : at);
    this.#pieces.leave(rest, this.#bounds.recordBytesMax + 2);
    this.#base += at;
    this.#trailers.passed(this.#batch.count);
    return this.#built(this.#batch, bytes);
  }

  /** Index after the line or record that starts at `at`, or WAIT. */
  #step(bytes: Uint8Array, at: number, final: boolean): number {
    if (isLineEnd(bytes[at])) return this.#passBlank(bytes, at, final);
    if (at + this.#base === 0) {
      const length = bomLength(bytes, final) ?? WAIT;
      if (length !== 0) return length;
    }
    const kind = this.#kinds.of(bytes, at, final);
    if (kind === 'record') return this.#passRecord(bytes, at, final);
    return kind ? this.#passLine({ kind, at }, bytes, final) : WAIT;
  }

  #passBlank(bytes: Uint8Array, at: number, final: boolean): number {
    const next = afterLineEnd(bytes, at, final);
    if (next !== WAIT) this.#line++;
    return next;
  }

  #passRecord(bytes: Uint8Array, at: number, final: boolean): number {
    const record = this.#recordEnd;
    const most = at + this.#bounds.recordBytesMax;
    // Two bytes more, so that a record of just the allowed length is told from a longer one.
    const until = Math.min(bytes.length, most + 2);
    const end = record.find(at, until, final && until === bytes.length);
    if (end >= 0 && end <= most) {
      const next = afterLineEnd(bytes, end, final);
      if (next === WAIT) return WAIT;
      if (!this.#blanks.isBlank(bytes, at, end, record.quoted))
        this.#batch.add(at, end, next, this.#base, this.#line, record.quoted ? QUOTED : 0);
      this.#line += 1 + record.lineEnds;
      return next;
    }
    const undecided = end === NEEDS_MORE && until < most + 2;
    return undecided ? WAIT : this.#passLine({ kind: 'record', at }, bytes, final);
  }

  /** Passes one physical line: a comment, a trailer, or the first line of a faulty record. */
  #passLine({ kind, at }: LineStart, bytes: Uint8Array, final: boolean): number {
    const end = lineEnd(bytes, at);
    const next = afterLineEnd(bytes, end, final);
    const tooLong = end - at > this.#bounds.recordBytesMax;
    if (next < 0 && !tooLong) return WAIT;
    if (next < 0) {
      this.#beginLongLine({ kind, at }, bytes);
      return end;
    }
    const kept = tooLong ? at + this.#headBytes : end;
    if (kind === 'record') {
      this.#batch.add(at, kept, next, this.#base, this.#line, tooLong ? TOO_LONG : UNCLOSED);
      if (!tooLong) this.#countRescan(at, end);
    }
    if (kind === 'comment') this.#comments++;
    if (kind === 'trailer') this.#sawTrailer(bytes.slice(at, kept), this.#base + at, this.#line);
    this.#line++;
    return next;
  }

  #sawTrailer(bytes: Uint8Array, byteOffset: number, line: number): void {
    this.#trailers.saw({ bytes, byteOffset, line }, this.#batch.count);
  }

  #countRescan(at: number, end: number): void {
    const stoppedAt = Math.min(this.#recordEnd.stoppedAt, at + this.#bounds.recordBytesMax);
    this.#rescans.spend(stoppedAt - end, { line: this.#line, byteOffset: this.#base + at });
  }

  get #headBytes(): number {
    return Math.min(this.#bounds.quarantinedRowBytesMax, this.#bounds.recordBytesMax);
  }

  #beginLongLine({ kind, at }: LineStart, bytes: Uint8Array): void {
    const head = bytes.slice(at, at + this.#headBytes);
    this.#longLine = { kind, head, offset: this.#base + at, line: this.#line };
  }

  /** The bytes to go on with: what was kept of the long line, then what follows it. */
  #endLongLine(long: LongLine, bytes: Uint8Array, next: number): Uint8Array {
    const { kind, head, offset, line } = long;
    const after = this.#base + next;
    this.#longLine = undefined;
    this.#line++;
    if (kind === 'comment') this.#comments++;
    if (kind === 'trailer') this.#sawTrailer(head, offset, line);
    if (kind !== 'record') {
      this.#base = after;
      return bytes.subarray(next);
    }
    this.#batch.addAt(0, head.length, offset, after, line, TOO_LONG);
    this.#base = after - head.length;
    return joined([head, bytes.subarray(next)]);
  }
}
