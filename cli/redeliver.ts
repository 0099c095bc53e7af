import { hostname } from 'node:os';
import { readCloud } from './demo/cloud.ts';
import { deployedFeed, type FeedPlace, localFeed } from './redeliver/feed-place.ts';
import { Lease } from './redeliver/lease.ts';
import { type RedeliverCall, readCall } from './redeliver/read-call.ts';
import { redeliverUndelivered } from './redeliver/redeliver-undelivered.ts';
import { closing } from './redeliver/session.ts';

/**
 * `npm run redeliver -- <feed> [--stage …] [--go]` shows the undelivered records of a feed, and with `--go` redelivers them in the
 * order of their stream. It works on the local cloud, or with `--stage` on a deployed feed. Exit code 1: some stay.
 */
try {
  const call = readCall(process.argv.slice(2));
  const { feed, stage } = call;
  await redeliver(call, stage === undefined ? localFeed(readCloud(), feed) : await deployedFeed(feed, stage));
} catch (error) {
  reportError(error);
}

function reportError(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function redeliver(call: RedeliverCall, place: FeedPlace): Promise<void> {
  if (!call.go) return deliver(call, place, undefined);
  const lease = await Lease.take(place, `${hostname()} (process ${process.pid})`);
  try {
    await deliver(call, place, lease);
  } finally {
    await lease.end().catch(reportError);
  }
}

/** Without a lease it shows a preview. */
async function deliver({ feed }: RedeliverCall, place: FeedPlace, lease: Lease | undefined): Promise<void> {
  const session = { feed, place, lease, signal: interrupted() };
  if (!(await redeliverUndelivered(session))) return;
  console.error(closing.some);
  process.exitCode = 1;
}

/** The first interrupt ends the command after the invocation under way, a later one at once. */
function interrupted(): AbortSignal {
  const controller = new AbortController();
  let first: number | undefined;
  process.on('SIGINT', () => {
    first ??= Date.now();
    controller.abort();
    // npm passes on the same interrupt that the terminal sent already.
    if (Date.now() - first > 1_000) process.exit(130);
  });
  return controller.signal;
}
