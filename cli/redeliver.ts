import { hostname } from 'node:os';
import logUpdate from 'log-update';
import { readCloud } from './demo/cloud.ts';
import { type Swept, sweepAnnouncements } from './redeliver/announcements.ts';
import { deployedFeed, type FeedPlace, localFeed } from './redeliver/feed-place.ts';
import { Lease } from './redeliver/lease.ts';
import { type Asked, readCall } from './redeliver/read-call.ts';
import { type EndedBatch, redeliverAll } from './redeliver/redeliver-all.ts';
import { batchesTable, endsTable, recordsIn, stopLines } from './redeliver/redelivery-tables.ts';
import { survey } from './redeliver/survey.ts';
import { undeliveredBucket } from './redeliver/undelivered-bucket.ts';
import { invokeFunction } from './release/invoke-function.ts';

/**
 * `npm run redeliver -- <feed> [--stage …] [--go]`: shows the records that a feed gave up, and with `--go` delivers them, in
 * the order of their stream. Of the local cloud, or with `--stage` of a deployed feed. Ends with 1 when some stay.
 */
try {
  const asked = readCall(process.argv.slice(2));
  const { feed, stage } = asked;
  await redeliver(
    asked,
    stage === undefined ? localFeed(readCloud(), feed) : await deployedFeed(feed, stage),
  );
} catch (error) {
  tellError(error);
}

function tellError(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function redeliver(asked: Asked, place: FeedPlace): Promise<void> {
  if (!asked.go) return show(asked, place, undefined);
  const lease = await Lease.take(place.s3, place.bucket, `${hostname()} (process ${process.pid})`);
  try {
    await show(asked, place, lease);
  } finally {
    await lease.end().catch(tellError);
  }
}

/** With a lease, delivers as well. */
async function show({ feed }: Asked, place: FeedPlace, lease: Lease | undefined): Promise<void> {
  const undelivered = undeliveredBucket(place.s3, place.bucket);
  const signal = interrupted();
  const found = await survey(undelivered);
  const ended = await redeliverAll(
    {
      undelivered,
      invoke: lease && invokeFunction(place.functionName, place.lambda),
      renew: async () => lease?.renew(),
      signal,
    },
    found,
    done => tell(done, found.batches.length),
  );
  if (process.stdout.isTTY) logUpdate.clear();
  console.log(`${ended.length} batches of ${feed} were given up, ${recordsIn(ended)} records`);
  if (ended.length > 0) console.log(`${batchesTable(ended)}\n${endsTable(ended)}`);
  const stops = stopLines(ended, found);
  for (const line of stops) console.error(line);
  if (!lease) return console.log('Nothing was changed. Deliver them with --go.');
  console.log(sweptLine(await sweepAnnouncements(place, undelivered.objects)));
  if (stops.length > 0 || ended.some(({ end }) => end === 'held' || end === 'left')) {
    console.error('Some stay. Mend what stopped them, then call again: event ids stay the same.');
    process.exitCode = 1;
  }
}

/** The first interrupt ends the command after the batch in work, a later one at once. */
function interrupted(): AbortSignal {
  const controller = new AbortController();
  let first: number | undefined;
  process.on('SIGINT', () => {
    first ??= Date.now();
    controller.abort();
    // npm passes on what the terminal has sent already.
    if (Date.now() - first > 1_000) process.exit(130);
  });
  return controller.signal;
}

function tell(done: readonly EndedBatch[], count: number): void {
  if (process.stdout.isTTY) logUpdate(`${done.length} of ${count} batches`);
}

function sweptLine({ taken, kept, strange }: Swept): string {
  const others = [
    ...(kept > 0 ? [`${kept} stay`] : []),
    ...(strange > 0 ? [`${strange} messages of the queue announce nothing of this bucket, and stay`] : []),
  ];
  return [`${taken} announcements taken away`, ...others].join('; ');
}
