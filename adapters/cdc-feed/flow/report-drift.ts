import { limits } from '#shared/contract/limits.ts';
import type { BusEntry } from '#shared/core/batch/bus-entry.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import { issueNotes } from '#shared/core/log/issue-notes.ts';
import { AccessDenied } from '#shared/ports.ts';
import type { OrderedEntry } from '../core/feed/call-chains.ts';
import type { Drift } from '../core/feed/drift.ts';
import { logLines } from '../core/feed/log-lines.ts';
import { publishInOrder } from '../core/feed/publish-in-order.ts';
import type { RecordOrigin } from '../core/feed/record-origin.ts';
import { schemaDriftEntry } from '../core/operational/feed-events.ts';
import { BatchStopped } from './batch-stopped.ts';
import { listedColumns } from './listed-columns.ts';
import { publishingOf } from './publishing.ts';
import type { Work } from './work.ts';

/** A difference, and the first record of the batch that shows it. */
export interface SeenDrift {
  readonly drift: Drift;
  readonly origin: RecordOrigin;
}

/**
 * Reports each difference once: it is published first and remembered afterwards. A crash between the two publishes it again
 * under the same id, so none is lost. Differences are published in parallel and remembered one by one: a batch that comes again
 * goes on with those that are left.
 * @throws AccessDenied when the bus may not be used; BatchStopped when it does not take an event, or time is short.
 */
export async function reportDrift(work: Work, seen: readonly SeenDrift[]): Promise<void> {
  const first = new Map(seen.toReversed().map(each => [each.drift.fingerprint, each]));
  await inParallel([...first.values()], limits.callsInFlightMax, each => reportOnce(work, each));
}

async function reportOnce(work: Work, each: SeenDrift): Promise<void> {
  const key = `${work.feed.id}#drift#${each.drift.fingerprint}`;
  if (await work.ports.reportedDrifts.has(key)) return;
  await publishDrift(work, each);
  await work.ports.reportedDrifts.add(key);
}

async function publishDrift(work: Work, { drift, origin }: SeenDrift): Promise<void> {
  const { feed, ports } = work;
  const { entity, fingerprint } = drift;
  const columns = listedColumns(drift);
  const entry = schemaDriftEntry(feed, origin, {
    integration: feed.id,
    entity,
    unknownColumns: columns.unknown,
    vanishedColumns: columns.vanished,
    changedColumns: columns.changed,
    fingerprint,
    policy: feed.drift,
    firstSeen: origin.place,
  });
  const refused = await publish(work, { entry, group: fingerprint }, origin.place);
  ports.log.warn(logLines.schemaDrift, {
    integration: feed.id,
    place: origin.place,
    ...traceOf(entry),
    entity,
    ...columns,
    fingerprint,
    ...(refused !== undefined && { refused }),
    ...issueNotes([{ code: 'SCHEMA_DRIFT', count: 1, unit: origin.place, place: entity }], fingerprint),
  });
}

/** Correlation id and trace of the event that reports the difference. */
function traceOf({ detail }: BusEntry): { readonly correlationId: unknown; readonly traceparent: unknown } {
  const { correlationid, traceparent } = JSON.parse(detail);
  return { correlationId: correlationid, traceparent };
}

/** Undefined once the bus has accepted it; else why the bus refuses it for good. The log has the difference in both cases. */
async function publish(work: Work, entry: OrderedEntry, place: string): Promise<string | undefined> {
  const [answer] = await publishInOrder([entry], publishingOf(work));
  switch (answer?.kind) {
    case 'accepted':
      return undefined;
    case 'refused':
      return answer.reason;
    case 'denied':
      throw new AccessDenied(`publishing a schema drift: ${answer.reason}`);
    default:
      throw new BatchStopped([{ itemIdentifier: place, code: 'BUS_UNAVAILABLE' }]);
  }
}
