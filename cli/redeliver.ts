import { hostname } from 'node:os';
import { readCloud } from './demo/cloud.ts';
import { deliverGivenUp } from './redeliver/deliver-given-up.ts';
import { deployedFeed, type FeedPlace, localFeed } from './redeliver/feed-place.ts';
import { Lease } from './redeliver/lease.ts';
import { takeQuarantined } from './redeliver/quarantined/take-quarantined.ts';
import { type Asked, readCall } from './redeliver/read-call.ts';
import { closing } from './redeliver/session.ts';

/**
 * `npm run redeliver -- <feed> [--stage …] [--go]`: shows the records that a feed gave up, and with `--go` delivers them, in
 * the order of their stream. With `--quarantined [--code …] [--from …] [--to …]` the changes that it put aside, to be taken
 * again. Of the local cloud, or with `--stage` of a deployed feed. Ends with 1 when some stay.
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
  if (!asked.go) return deliver(asked, place, undefined);
  const lease = await Lease.take(place.s3, place.bucket, `${hostname()} (process ${process.pid})`);
  try {
    await deliver(asked, place, lease);
  } finally {
    await lease.end().catch(tellError);
  }
}

/** Without a lease it only shows. */
async function deliver(
  { feed, quarantined }: Asked,
  place: FeedPlace,
  lease: Lease | undefined,
): Promise<void> {
  const session = { feed, place, lease, signal: interrupted() };
  const someStay = quarantined ? await takeQuarantined(session, quarantined) : await deliverGivenUp(session);
  if (!someStay) return;
  console.error(closing.some);
  process.exitCode = 1;
}

/** The first interrupt ends the command after the call in work, a later one at once. */
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
