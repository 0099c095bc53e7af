import { type Fault, fault } from '#shared/contract/fault.ts';
import { faultOfAnswer } from '#shared/core/batch/fault-of-answer.ts';
import type { RecordEnd } from '../core/feed/books.ts';
import { type ChangeEvents, eventsOf } from '../core/feed/change-result.ts';
import { type PublishAnswer, publishInOrder } from '../core/feed/publish-in-order.ts';
import { withoutRepeats } from '../core/feed/repeats.ts';
import { publishingOf } from './publishing.ts';
import type { Work } from './work.ts';

export interface EndedRecord {
  readonly end: RecordEnd;
  /** Why it was quarantined, or why it must come again. */
  readonly faults: readonly Fault[];
}

/** Publishes the events of a batch's records and says how each record ended, in their order. */
export async function endRecords(work: Work, results: readonly ChangeEvents[]): Promise<EndedRecord[]> {
  const fresh = withoutRepeats(results);
  const events = fresh.flatMap(eventsOf);
  const answers = await publishInOrder(events, publishingOf(work));
  let next = 0;
  return fresh.map(result => {
    const own = answers.slice(next, next + eventsOf(result).length);
    next += own.length;
    if (result.kind === 'faulty') return { end: 'quarantined', faults: result.faults };
    if (result.kind === 'skipped') return { end: 'skipped', faults: [] };
    return own.length === 0 ? { end: 'duplicate', faults: [] } : published(own);
  });
}

function published(answers: readonly PublishAnswer[]): EndedRecord {
  const open = answers.find(({ kind }) => kind !== 'accepted' && kind !== 'refused');
  if (open) return { end: undefined, faults: [stopFault(open)] };
  const refused = answers.find(answer => answer.kind === 'refused');
  if (!refused || !('reason' in refused)) return { end: 'published', faults: [] };
  return { end: 'quarantined', faults: [faultOfAnswer(refused)] };
}

const stopFault = (answer: PublishAnswer): Fault =>
  'reason' in answer
    ? faultOfAnswer(answer)
    : fault('BUS_UNAVAILABLE', {}, 'an event before it was not taken, or time was short');
