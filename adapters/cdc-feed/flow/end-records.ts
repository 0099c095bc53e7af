import { type Fault, fault } from '#shared/contract/fault.ts';
import type { BusEvent } from '#shared/core/batch/bus-entry.ts';
import { faultOfAnswer } from '#shared/core/batch/fault-of-answer.ts';
import type { Outcome } from '#shared/core/outcome/tally.ts';
import { type ChangeEvents, eventsOf } from '../core/feed/change-result.ts';
import type { FeedEvent } from '../core/feed/feed-event.ts';
import { type PublishAnswer, publishInOrder } from '../core/feed/publish-in-order.ts';
import { withoutRepeats } from '../core/feed/repeats.ts';
import { publishingOf } from './publishing.ts';
import type { Work } from './work.ts';

/** A record with an outcome. */
export interface DoneRecord {
  /** Its place in the batch. */
  readonly index: number;
  readonly end: Outcome;
  /** Why it is quarantined; empty for every other outcome. */
  readonly faults: readonly Fault[];
  /** The events of a published record; empty for every other outcome. */
  readonly events: readonly BusEvent[];
}

/** A record that must come again. */
export interface OpenRecord {
  readonly index: number;
  readonly end: 'open';
  /** What stopped it. */
  readonly fault: Fault;
}

export type EndedRecord = DoneRecord | OpenRecord;

export const isOpen = (ended: EndedRecord): ended is OpenRecord => ended.end === 'open';
export const isDone = (ended: EndedRecord): ended is DoneRecord => ended.end !== 'open';

/** Publishes the events of a batch's records and says how each record ended, in their order. */
export async function endRecords(work: Work, results: readonly ChangeEvents[]): Promise<EndedRecord[]> {
  const fresh = withoutRepeats(results);
  const events = fresh.flatMap(eventsOf);
  const answers = await publishInOrder(events, publishingOf(work));
  let next = 0;
  return fresh.map((result, index) => {
    const made = eventsOf(result);
    const own = answers.slice(next, next + made.length);
    next += own.length;
    if (result.kind === 'faulty') return { index, end: 'quarantined', faults: result.faults, events: none };
    if (result.kind === 'skipped') return { index, end: 'skipped', faults: [], events: none };
    return made.length === 0
      ? { index, end: 'duplicate', faults: [], events: none }
      : endOf(index, made, own);
  });
}

const none: readonly BusEvent[] = [];

/** By what the bus answered to a record's events. */
function endOf(index: number, events: readonly FeedEvent[], answers: readonly PublishAnswer[]): EndedRecord {
  const open = answers.find(({ kind }) => kind !== 'accepted' && kind !== 'refused');
  if (open) return { index, end: 'open', fault: stopFault(open) };
  const refused = answers.find(answer => answer.kind === 'refused');
  if (!refused || !('reason' in refused))
    return { index, end: 'published', faults: [], events: events.map(({ entry }) => entry) };
  return { index, end: 'quarantined', faults: [faultOfAnswer(refused)], events: none };
}

const stopFault = (answer: PublishAnswer): Fault =>
  'reason' in answer
    ? faultOfAnswer(answer)
    : fault('BUS_UNAVAILABLE', {}, 'an event before it was not taken, or time was short');
