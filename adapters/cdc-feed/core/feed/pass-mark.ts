import type { LogPlace } from '../change/change.ts';
import { streamDigits } from '../change/sequence.ts';
import { emptyMark, type Fall, fallOf, type HighMark, raised } from './high-mark.ts';

/** A record of a batch, and where its log stood. */
export interface PlacedRecord {
  readonly sequenceNumber: string;
  readonly logPlace?: LogPlace | undefined;
}

/** What became of a shard's high mark on a batch. */
export interface Passage {
  readonly mark: HighMark;
  /** The first record that stands too low. */
  readonly fall?: (Fall & { readonly index: number }) | undefined;
}

/** The mark that counts in an epoch: places of another do not compare. */
export const markIn = (epoch: number, stored: HighMark | undefined): HighMark =>
  stored?.epoch === epoch ? stored : emptyMark(epoch, stored?.fell);

/** The epoch of a record: after a fall, the contract's epoch begins where the log fell. */
export function epochAt(epoch: number, stored: HighMark | undefined, sequenceNumber: string): number {
  const fell = stored?.fell;
  const isBefore = fell && inWidth(sequenceNumber) < inWidth(fell.sequenceNumber);
  return isBefore && fell.epoch < epoch ? fell.epoch : epoch;
}

const inWidth = (digits: string): string => digits.padStart(streamDigits, '0');

/**
 * Raises the mark by each record in turn. A record that stands too low does not raise it, so that it is found again when it comes
 * again; where the shard stops, nothing behind it does either.
 */
export function passMark(before: HighMark, records: readonly PlacedRecord[], stops: boolean): Passage {
  let mark = before;
  let fall: Passage['fall'];
  for (const [index, { sequenceNumber, logPlace }] of records.entries()) {
    if (!logPlace) continue;
    const found = fallOf(mark, logPlace);
    if (!found) {
      mark = raised(mark, logPlace);
      continue;
    }
    fall ??= { ...found, index };
    if (stops) return { mark: stoppedAt(mark, before, sequenceNumber), fall };
  }
  return { mark: mark === before ? mark : goneOn(mark), fall };
}

/** The place where the shard first stopped counts, as long as nothing went on behind it. */
function stoppedAt(mark: HighMark, before: HighMark, sequenceNumber: string): HighMark {
  const isStopped = mark === before && mark.fell?.epoch === mark.epoch;
  return isStopped ? mark : { ...mark, fell: { sequenceNumber, epoch: mark.epoch } };
}

/** The log is above the mark again, without another epoch: what was seen was no fall of this log. */
const goneOn = (mark: HighMark): HighMark =>
  mark.fell?.epoch === mark.epoch ? { ...mark, fell: undefined } : mark;
