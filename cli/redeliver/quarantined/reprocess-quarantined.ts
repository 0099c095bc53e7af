import { showProgress } from '../../show-progress.ts';
import { invokeFunction } from '../invoke-function.ts';
import { sweepNotices, sweptLine } from '../notices.ts';
import type { ChangeFilter } from '../read-call.ts';
import { closing, type Session } from '../session.ts';
import { quarantineBucket } from './quarantine-bucket.ts';
import { quarantineNotices } from './quarantine-notices.ts';
import { codesTable, isDone, meaningsTable, stayLines } from './quarantined-tables.ts';
import { reprocessAll } from './reprocess-all.ts';
import { surveyQuarantine } from './survey-quarantine.ts';

/** Shows the quarantined changes of a feed; with a lease, reprocesses them. Gives whether some stay. */
export async function reprocessQuarantined(
  { feed, place, lease, signal }: Session,
  filter: ChangeFilter,
): Promise<boolean> {
  const quarantine = quarantineBucket(place.s3, place.quarantineBucket, feed);
  const found = await surveyQuarantine(quarantine, filter);
  const { length } = found.changes;
  const reprocessing = {
    quarantine,
    invoke: lease && invokeFunction(place.functionName, place.lambda),
    renew: async () => lease?.renew(),
    signal,
    now: Date.now,
  };
  const ended = await showProgress(show =>
    reprocessAll(reprocessing, found.changes, done => show(`${done} of ${length} changes`)),
  );
  const matching = Object.values(filter).some(Boolean) ? ' that match' : '';
  console.log(`${length} quarantined changes of ${feed}${matching}`);
  if (length > 0) console.log(`${codesTable(ended)}\n${meaningsTable(ended)}`);
  for (const line of stayLines(ended, found)) console.error(line);
  if (!lease) {
    console.log(closing.previewReprocess);
    return false;
  }
  const queue = { sqs: place.sqs, queueUrl: place.changesQueueUrl };
  const swept = await sweepNotices(queue, quarantineNotices(feed, quarantine.objects));
  console.log(sweptLine(swept, 'quarantined changes of this feed'));
  return found.unreadable.length > 0 || !ended.every(isDone);
}
