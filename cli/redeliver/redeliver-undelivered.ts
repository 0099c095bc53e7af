import { showProgress } from '../show-progress.ts';
import { invokeFunction } from './invoke-function.ts';
import { sweepNotices, sweptLine } from './notices.ts';
import { redeliverAll } from './redeliver-all.ts';
import { batchesTable, endsTable, recordsIn, stopLines } from './redelivery-tables.ts';
import { closing, type Session } from './session.ts';
import { survey } from './survey.ts';
import { undeliveredBucket } from './undelivered-bucket.ts';
import { undeliveredNotices } from './undelivered-notices.ts';

/** Shows the undelivered batches of a feed; with a lease, redelivers them. Gives whether some stay that should not. */
export async function redeliverUndelivered({ feed, place, lease, signal }: Session): Promise<boolean> {
  const undelivered = undeliveredBucket(place.s3, place.bucket);
  const found = await survey(undelivered);
  const redelivery = {
    undelivered,
    invoke: lease && invokeFunction(place.functionName, place.lambda),
    renew: async () => lease?.renew(),
    signal,
  };
  const ended = await showProgress(show =>
    redeliverAll(redelivery, found, done => show(`${done.length} of ${found.batches.length} batches`)),
  );
  console.log(`${ended.length} undelivered batches of ${feed}, ${recordsIn(ended)} records`);
  if (ended.length > 0) console.log(`${batchesTable(ended)}\n${endsTable(ended)}`);
  const stops = stopLines(ended, found);
  for (const line of stops) console.error(line);
  if (!lease) {
    console.log(closing.preview);
    return false;
  }
  const swept = await sweepNotices(place, undeliveredNotices(place.bucket, undelivered.objects));
  console.log(sweptLine(swept, 'objects of this bucket'));
  return stops.length > 0 || ended.some(({ end }) => end === 'blocked' || end === 'unreached');
}
