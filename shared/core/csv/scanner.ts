import { type Fault, fault } from '../../contract/fault.ts';
import type { Dialect } from '../../contract/file-format.ts';
import { limits } from '../../contract/limits.ts';
import { joined } from './joined.ts';
import { afterLineEnd, CR, LF, lineEnd } from './line-ends.ts';
import { BatchBuilder, QUOTED, type RecordBatch, TOO_LONG, UNCLOSED } from './record-batch.ts';
import { NEEDS_MORE, RecordEnd } from './record-end.ts';
import { type TrailerLine, TrailerWatch } from './trailer-watch.ts';

export type ScanBounds = {
  readonly [K in 'recordBytesMax' | 'quarantinedRowBytesMax' | 'rescannedBytesMax']: number;
};

type LineKind = 'record' | 'comment' | 'trailer';

/** A line too long to hold: its end is still to come. */
interface LongLine {
  readonly kind: LineKind;
  readonly head: Uint8Array;
  readonly offset: number;
  readonly line: number;
}

const WAIT = -1;
const bom = [0xef, 0xbb, 0xbf];

/**
 * Finds records in a stream of clean UTF-8 bytes that comes in any pieces, and where to cut between them. Holds at most
 * about one record of the allowed length and the piece at hand. A scan from any place that another scan of the same
 * source named as `nexts` or `nextByte`, ended at any later such place, finds the same records with the same faults:
 * what a record is depends on its own bytes only, and an unclosed quote is unclosed wherever the input ends after it.
 */
export class RecordScanner {
  readonly #bounds: ScanBounds;
  readonly #recordEnd: RecordEnd;
  readonly #prefixes: readonly { readonly kind: LineKind; readonly bytes: Uint8Array }[];
  readonly #trailers = new TrailerWatch();
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  /** No use scanning before so many bytes are there; keeps tiny pieces of a long record from being read again and again. */
  #wakeBytes = 0;
  /** Byte of the source at index 0 of the bytes being scanned. */
  #base: number;
  #line: number;
  #longLine: LongLine | undefined;
  #batch = new BatchBuilder();
  #rescannedBytes = 0;
  #fault: Fault | undefined;

  constructor(dialect: Dialect, from = { byte: 0, line: 1 }, bounds: ScanBounds = limits) {
    this.#bounds = bounds;
    this.#recordEnd = new RecordEnd(dialect);
    this.#base = from.byte;
    this.#line = from.line;
    const prefix = (kind: LineKind, text: string | undefined) =>
      text ? [{ kind, bytes: new TextEncoder().encode(text) }] : [];
    this.#prefixes = [
      ...prefix('trailer', dialect.trailer?.startsWith),
      ...prefix('comment', dialect.comment),
    ];
  }

  /** The records that `piece` completes. The scanner keeps no part of a piece that it has handed out in a batch. */
  push(piece: Uint8Array): RecordBatch {
    if (this.#fault) return this.#nothing();
    this.#pending.push(piece);
    this.#pendingBytes += piece.length;
    return this.#pendingBytes < this.#wakeBytes ? this.#nothing() : this.#scan(false);
  }

  /** The rest, once all pieces were pushed. */
  end(): RecordBatch {
    return this.#fault ? this.#nothing() : this.#scan(true);
  }

  /** The trailer line, if one was seen: the first, how many there were, and how many records came after it. */
  get trailer(): TrailerLine | undefined {
    return this.#trailers.seen;
  }

  /** Why the file cannot be read on: too many unclosed quotes. Nothing is scanned once it is set. */
  get fault(): Fault | undefined {
    return this.#fault;
  }

  /** Bytes held between two calls. */
  get retainedBytes(): number {
    return this.#pendingBytes + (this.#longLine?.head.length ?? 0);
  }

  #nothing(): RecordBatch {
    return new BatchBuilder().build(new Uint8Array(), this.#base, this.#line);
  }

  #scan(final: boolean): RecordBatch {
    this.#batch = new BatchBuilder();
    let bytes = joined(this.#pending);
    let at = 0;
    if (this.#longLine) {
      const end = lineEnd(bytes, 0);
      const next = afterLineEnd(bytes, end, final);
      if (next < 0) return this.#hold(bytes, end);
      bytes = this.#endLongLine(this.#longLine, bytes, next);
      at = this.#batch.ends[0] ?? 0;
    }
    this.#recordEnd.over(bytes);
    while (at < bytes.length && !this.#fault) {
      const next = this.#step(bytes, at, final);
      if (next === WAIT) break;
      at = next;
    }
    return this.#hold(bytes, at);
  }

  #hold(bytes: Uint8Array, at: number): RecordBatch {
    const rest = bytes.slice(this.#fault ? bytes.length : at);
    this.#pending = rest.length > 0 ? [rest] : [];
    this.#pendingBytes = rest.length;
    this.#wakeBytes = Math.min(2 * rest.length, this.#bounds.recordBytesMax + 2);
    this.#base += at;
    this.#trailers.passed(this.#batch.count);
    return this.#batch.build(bytes, this.#base, this.#line);
  }

  /** Index after the line or record that starts at `at`, or WAIT. */
  #step(bytes: Uint8Array, at: number, final: boolean): number {
    const byte = bytes[at];
    if (byte === LF || byte === CR) return this.#passBlank(bytes, at, final);
    if (at + this.#base === 0) {
      const skipped = startsWith(bytes, 0, bom, final);
      if (skipped !== false) return skipped === true ? bom.length : WAIT;
    }
    for (const prefix of this.#prefixes) {
      const found = startsWith(bytes, at, prefix.bytes, final);
      if (found === 'unknown') return WAIT;
      if (found) return this.#passLine(prefix.kind, bytes, at, final);
    }
    return this.#passRecord(bytes, at, final);
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
      this.#batch.add(at, end, next, this.#base, this.#line, record.quoted ? QUOTED : 0);
      this.#line += 1 + record.lineEnds;
      return next;
    }
    const undecided = end === NEEDS_MORE && until < most + 2;
    return undecided ? WAIT : this.#passLine('record', bytes, at, final);
  }

  /** Passes one physical line: a comment, a trailer, or the first line of a faulty record. */
  #passLine(kind: LineKind, bytes: Uint8Array, at: number, final: boolean): number {
    const end = lineEnd(bytes, at);
    const next = afterLineEnd(bytes, end, final);
    const tooLong = end - at > this.#bounds.recordBytesMax;
    if (next < 0) return tooLong ? this.#beginLongLine(kind, bytes, at, end) : WAIT;
    const kept = tooLong ? at + this.#headBytes : end;
    if (kind === 'record') {
      this.#batch.add(at, kept, next, this.#base, this.#line, tooLong ? TOO_LONG : UNCLOSED);
      if (!tooLong) this.#countRescan(at, end);
    }
    if (kind === 'trailer') this.#sawTrailer(bytes.slice(at, kept), this.#base + at, this.#line);
    this.#line++;
    return next;
  }

  #sawTrailer(bytes: Uint8Array, byteOffset: number, line: number): void {
    this.#trailers.saw({ bytes, byteOffset, line }, this.#batch.count);
  }

  #countRescan(at: number, end: number): void {
    const stoppedAt = Math.min(this.#recordEnd.stoppedAt, at + this.#bounds.recordBytesMax);
    this.#rescannedBytes += Math.max(0, stoppedAt - end);
    if (this.#rescannedBytes <= this.#bounds.rescannedBytesMax) return;
    const place = { line: this.#line, byteOffset: this.#base + at };
    this.#fault = fault(
      'TOO_MANY_UNCLOSED_QUOTES',
      place,
      `more than ${this.#bounds.rescannedBytesMax} bytes had to be read again because of unclosed quotes`,
    );
  }

  get #headBytes(): number {
    return Math.min(this.#bounds.quarantinedRowBytesMax, this.#bounds.recordBytesMax);
  }

  #beginLongLine(kind: LineKind, bytes: Uint8Array, at: number, end: number): number {
    const head = bytes.slice(at, at + this.#headBytes);
    this.#longLine = { kind, head, offset: this.#base + at, line: this.#line };
    return end;
  }

  /** The bytes to go on with: what was kept of the long line, then what follows it. */
  #endLongLine(long: LongLine, bytes: Uint8Array, next: number): Uint8Array {
    const { kind, head, offset, line } = long;
    const after = this.#base + next;
    this.#longLine = undefined;
    this.#line++;
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

/** 'unknown' while the bytes at hand are a part of the prefix and more may come. */
function startsWith(bytes: Uint8Array, at: number, prefix: ArrayLike<number>, final: boolean) {
  for (let i = 0; i < prefix.length; i++) {
    if (at + i >= bytes.length) return final ? false : 'unknown';
    if (bytes[at + i] !== prefix[i]) return false;
  }
  return true;
}
