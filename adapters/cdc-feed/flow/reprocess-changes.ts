import { isDeepStrictEqual } from 'node:util';
import { limits } from '#shared/contract/limits.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import type { Examined } from '../core/feed/examine.ts';
import { firstFault } from '../core/feed/first-fault.ts';
import { logLines } from '../core/feed/log-lines.ts';
import { quarantinedChange } from '../core/feed/quarantined-change.ts';
import {
  type ReprocessAnswer,
  type ReprocessedChange,
  type ReprocessRequest,
  reprocessRequest,
} from '../core/feed/reprocess-request.ts';
import { type OriginalInput, originalInput, type StoredChange } from '../core/feed/stored-change.ts';
import { type EndedRecord, endRecords } from './end-records.ts';
import { storeChange } from './quarantine.ts';
import { reportDrift } from './report-drift.ts';
import type { Work } from './work.ts';
import { worksByEpoch } from './works-by-epoch.ts';

interface ExaminedChange extends OriginalInput, Examined {
  readonly stored: StoredChange;
  readonly work: Work;
}

/**
 * Processes quarantined changes again, once the contract is fixed: as they first came, with the place, the epoch, the time and the
 * archived bytes that they had, so that their events are those that would have been published then. The books of their batches
 * are closed and count them as quarantined: no line “batch settled” is written for them, and nobody is notified again. A change
 * that cannot become an event this time either is written again where its faults differ. While the feed is disabled, all stay open.
 * @throws ZodError for what no feed quarantined; Error for changes of another feed; what a port throws.
 */
export async function reprocessChanges(work: Work, event: ReprocessRequest): Promise<ReprocessAnswer> {
  const workOf = worksByEpoch(work);
  const { reprocess, dryRun } = reprocessRequest.parse(event);
  const changes = reprocess.map(each => examineStored(workOf(each.epoch), each));
  if (dryRun) return { reprocessed: changes.map(endExpected) };
  if (await work.ports.input.isDisabled(work.feed.id)) return { reprocessed: changes.map(waiting) };
  const ended = await endRecords(
    work,
    changes.map(({ result }) => result),
  );
  await reportDrift(
    work,
    changes.flatMap(({ drift, origin }) => (drift ? [{ drift, origin }] : [])),
  );
  const pairs = ended.flatMap(each => pairOf(changes[each.index], each));
  await inParallel(pairs, limits.callsInFlightMax, storeWhereChanged);
  const reprocessed = pairs.map(reportOf);
  work.ports.log.info(logLines.changesReprocessed, {
    integration: work.feed.id,
    first: changes[0]?.origin.place,
    last: changes.at(-1)?.origin.place,
    ...countByEnd(reprocessed),
  });
  return { reprocessed };
}

/** How a change would end if the bus takes its events. */
function endExpected({ stored: { sequenceNumber }, result }: ExaminedChange): ReprocessedChange {
  if (result.kind === 'events') return { sequenceNumber, end: 'published' };
  if (result.kind === 'skipped') return { sequenceNumber, end: 'skipped', detail: result.reason };
  const { code, detail } = firstFault(result.faults);
  return { sequenceNumber, end: 'quarantined', code, detail };
}

const waiting = ({ stored: { sequenceNumber } }: ExaminedChange): ReprocessedChange => ({
  ...{ sequenceNumber, end: 'open', detail: 'the feed is disabled' },
});

function examineStored(work: Work, stored: StoredChange): ExaminedChange {
  if (stored.integration !== work.feed.id)
    throw new Error(`a change of ${stored.integration} cannot be reprocessed by ${work.feed.id}`);
  const input = originalInput(stored);
  return { ...input, ...work.examine(input.record.record, input.origin), stored, work };
}

interface ReprocessedPair {
  readonly change: ExaminedChange;
  readonly ended: EndedRecord;
}

const pairOf = (change: ExaminedChange | undefined, ended: EndedRecord): ReprocessedPair[] =>
  change ? [{ change, ended }] : [];

/** Leaves an object that says the same already: written again, it would be kept longer. */
async function storeWhereChanged({ change, ended }: ReprocessedPair): Promise<void> {
  if (ended.end !== 'quarantined') return;
  const { work, batch, record, origin, stored } = change;
  const content = quarantinedChange(work.feed, batch, {
    ...{ record, origin, faults: ended.faults, epoch: stored.epoch },
  });
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(content)), stored))
    await storeChange(work, { batch, record, content });
}

function reportOf({ change: { stored, result }, ended }: ReprocessedPair): ReprocessedChange {
  const { sequenceNumber } = stored;
  const fault = ended.end === 'open' ? ended.fault : ended.faults[0];
  if (fault) return { sequenceNumber, end: ended.end, code: fault.code, detail: fault.detail };
  const isSkipped = result.kind === 'skipped';
  return { sequenceNumber, end: ended.end, ...(isSkipped && { detail: result.reason }) };
}

function countByEnd(changes: readonly ReprocessedChange[]): Record<string, number> {
  const counts: Record<string, number> = { changes: changes.length };
  for (const { end } of changes) counts[end] = (counts[end] ?? 0) + 1;
  return counts;
}
