import { isDeepStrictEqual } from 'node:util';
import { limits } from '#shared/contract/limits.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import type { Examined } from '../core/feed/examine.ts';
import { type FirstGiven, firstGiven, type KeptChange } from '../core/feed/kept-change.ts';
import { quarantinedChange } from '../core/feed/quarantined-change.ts';
import {
  type SecondEnd,
  type SecondTaken,
  type SecondTaking,
  secondTaking,
} from '../core/feed/second-taking.ts';
import { announceDrift } from './announce-drift.ts';
import { type EndedRecord, endRecords } from './end-records.ts';
import { keepChange } from './quarantine.ts';
import type { Work } from './work.ts';
import { worksByEpoch } from './works-by-epoch.ts';

interface Again extends FirstGiven, Examined {
  readonly kept: KeptChange;
  readonly work: Work;
}

/**
 * Takes changes again that were put aside, once the contract is mended: as they first came, with the place, the epoch, the time
 * and the archived bytes that they had, so that their events are those that would have been published then. The books of their
 * batches are closed and count them as quarantined: no line “batch settled” is written for them, and nothing is announced
 * again. What cannot become an event this time either is written anew where its faults are others now.
 * @throws ZodError for what was not put aside by a feed; Error for changes of another feed; what a port throws.
 */
export async function takeAgain(work: Work, event: SecondTaking): Promise<SecondTaken> {
  const workOf = worksByEpoch(work);
  const changes = secondTaking.parse(event).takeAgain.map(kept => again(workOf(kept.epoch), kept));
  const ended = await endRecords(
    work,
    changes.map(({ result }) => result),
  );
  await announceDrift(
    work,
    changes.flatMap(({ drift, origin }) => (drift ? [{ drift, origin }] : [])),
  );
  const poison = changes.flatMap((change, i) =>
    ended[i]!.end === 'quarantined' ? [{ change, faults: ended[i]!.faults }] : [],
  );
  await inParallel(poison, limits.callsInFlightMax, stays);
  const taken = ended.map((each, i) => endOf(changes[i]!, each));
  work.ports.log.info('changes taken again', { integration: work.feed.id, ...countByEnd(taken) });
  return { taken };
}

function again(work: Work, kept: KeptChange): Again {
  if (kept.integration !== work.feed.id)
    throw new Error(`a change of ${kept.integration} is not ${work.feed.id}’s to take`);
  const given = firstGiven(kept);
  return { ...given, ...work.examine(given.record.record, given.origin), kept, work };
}

/** An object written anew would be kept longer: one that says the same already is left as it is. */
async function stays({
  change: { work, batch, record, origin, kept },
  faults,
}: {
  readonly change: Again;
  readonly faults: EndedRecord['faults'];
}): Promise<void> {
  const content = quarantinedChange(work.feed, batch, record, origin, faults);
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(content)), kept))
    await keepChange(work, batch, record, content);
}

function endOf({ kept, result }: Again, { end, faults: [fault] }: EndedRecord): SecondEnd {
  const { sequenceNumber } = kept;
  if (fault)
    return {
      sequenceNumber,
      end: end === 'quarantined' ? end : 'open',
      code: fault.code,
      detail: fault.detail,
    };
  const isSkipped = result.kind === 'skipped';
  return { sequenceNumber, end: end as SecondEnd['end'], ...(isSkipped && { detail: result.reason }) };
}

function countByEnd(taken: readonly SecondEnd[]): Record<string, number> {
  const counts: Record<string, number> = { taken: taken.length };
  for (const { end } of taken) counts[end] = (counts[end] ?? 0) + 1;
  return counts;
}
