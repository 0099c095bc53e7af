import logUpdate from 'log-update';
import { invokeFunction } from '../../release/invoke-function.ts';
import { sweepAnnouncements, sweptLine } from '../announcements.ts';
import type { Wanted } from '../read-call.ts';
import { closing, type Session } from '../session.ts';
import { announcedChanges } from './announced-changes.ts';
import { quarantineBucket } from './quarantine-bucket.ts';
import { codesTable, isDone, meaningsTable, stayLines } from './quarantined-tables.ts';
import { surveyQuarantine } from './survey-quarantine.ts';
import { takeAll } from './take-all.ts';

/** Shows the changes that a feed put aside; with the right to deliver them has them taken again. Gives whether some stay. */
export async function takeQuarantined(
  { feed, place, lease, signal }: Session,
  wanted: Wanted,
): Promise<boolean> {
  const quarantine = quarantineBucket(place.s3, place.quarantineBucket, feed);
  const found = await surveyQuarantine(quarantine, wanted);
  const { length } = found.changes;
  const taking = {
    quarantine,
    invoke: lease && invokeFunction(place.functionName, place.lambda),
    renew: async () => lease?.renew(),
    signal,
    now: Date.now,
  };
  const ended = await takeAll(taking, found.changes, done => {
    if (process.stdout.isTTY) logUpdate(`${done} of ${length} changes`);
  });
  if (process.stdout.isTTY) logUpdate.clear();
  const those = Object.values(wanted).some(Boolean) ? ' that were asked for' : '';
  console.log(`${length} changes of ${feed}${those} ${lease ? 'lay' : 'lie'} in quarantine`);
  if (length > 0) console.log(`${codesTable(ended)}\n${meaningsTable(ended)}`);
  for (const line of stayLines(ended, found)) console.error(line);
  if (!lease) {
    console.log(closing.preview);
    return false;
  }
  const queue = { sqs: place.sqs, queueUrl: place.changesQueueUrl };
  const swept = await sweepAnnouncements(queue, announcedChanges(feed, quarantine.objects));
  console.log(sweptLine(swept, 'this feed'));
  return found.unreadable.length > 0 || !ended.every(isDone);
}
