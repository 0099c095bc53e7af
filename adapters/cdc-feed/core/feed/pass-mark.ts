import { limits } from '#shared/contract/limits.ts';
import type { LogPlace } from '../change/change.ts';
import { streamDigits } from '../change/sequence.ts';
import { emptyMark, type Fall, type Fell, fallOf, type HighMark, raised } from './high-mark.ts';

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

export interface PassRules {
  /** Whether the shard stops at a record that stands too low. */
  readonly stops: boolean;
  /** Whether places on the stream only grow. Those of a recreated Kafka topic start from 0. */
  readonly streamGrows: boolean;
}

/** The mark that counts in an epoch: places of another do not compare. */
export const markIn = (epoch: number, stored: HighMark | undefined): HighMark =>
  stored?.epoch === epoch ? stored : emptyMark(epoch, stored?.falls);

/** The epoch of a record: the first that had not ended before it; the contract's behind the last fall. */
export const epochAt = (epoch: number, stored: HighMark | undefined, sequenceNumber: string): number =>
  stored?.falls.find(fell => fell.epoch < epoch && inWidth(sequenceNumber) < inWidth(fell.sequenceNumber))
    ?.epoch ?? epoch;

const inWidth = (digits: string): string => digits.padStart(streamDigits, '0');

/**
 * Raises the mark by each record in turn. A record that stands too low does not raise it, so that it is found again when it comes
 * again; where the shard stops, nothing behind it does either.
 */
export function passMark(
  before: HighMark,
  records: readonly PlacedRecord[],
  { stops, streamGrows }: PassRules,
): Passage {
  let mark = before;
  let fall: Passage['fall'];
  for (const [index, { sequenceNumber, logPlace }] of records.entries()) {
    if (!logPlace) continue;
    const seen = { place: logPlace, streamPlace: streamGrows ? inWidth(sequenceNumber) : undefined };
    const found = fallOf(mark, seen);
    if (!found) {
      mark = raised(mark, seen);
      continue;
    }
    fall ??= { ...found, index };
    if (stops) return { mark: stoppedAt(mark, before, sequenceNumber), fall };
  }
  return { mark: mark === before ? mark : goneOn(mark), fall };
}

/** The place where the shard first stopped counts, as long as nothing went on behind it. */
function stoppedAt(mark: HighMark, before: HighMark, sequenceNumber: string): HighMark {
  const { epoch } = mark;
  if (mark === before && hasStopped(mark)) return mark;
  const falls = [...earlierFalls(mark), { sequenceNumber, epoch }];
  return { ...mark, falls: falls.slice(-limits.feedFallsMax) };
}

/** The log is above the mark again, without another epoch: what was seen was no fall of this log. */
const goneOn = (mark: HighMark): HighMark =>
  hasStopped(mark) ? { ...mark, falls: earlierFalls(mark) } : mark;

const hasStopped = ({ epoch, falls }: HighMark): boolean => falls.some(fell => fell.epoch === epoch);

const earlierFalls = ({ epoch, falls }: HighMark): readonly Fell[] =>
  falls.filter(fell => fell.epoch < epoch);
