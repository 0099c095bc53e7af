import {
  type ReprocessAnswer,
  type ReprocessedChange,
  reprocessAnswer,
} from '#adapters/cdc-feed/core/feed/reprocess-request.ts';
import type { StoredChange } from '#adapters/cdc-feed/core/feed/stored-change.ts';
import type { Invoke } from '../invoke-function.ts';
import { reasonOf } from '../read-undelivered.ts';
import type { ChangePlace } from './survey-quarantine.ts';

/** A change, and its object as it is now. */
export interface PlacedChange {
  readonly place: ChangePlace;
  readonly stored: StoredChange;
}

export type ChangeAnswer = Omit<ReprocessedChange, 'sequenceNumber'>;

/** Has the feed's function reprocess changes; gives how each ended, by its object. A call that fails leaves all its changes open. */
export async function requestReprocessing(
  invoke: Invoke,
  changes: readonly PlacedChange[],
): Promise<ReadonlyMap<string, ChangeAnswer>> {
  try {
    const answer = await invoke({ reprocess: changes.map(({ stored }) => stored) });
    return answersByObject(changes, reprocessAnswer.parse(answer));
  } catch (error) {
    const open: ChangeAnswer = { end: 'open', detail: reasonOf(error) };
    return new Map(changes.map(({ place }) => [place.object, open]));
  }
}

/** @throws Error when the answer is about other changes than those of the request. */
function answersByObject(
  changes: readonly PlacedChange[],
  { reprocessed }: ReprocessAnswer,
): ReadonlyMap<string, ChangeAnswer> {
  if (reprocessed.length !== changes.length) throw new Error(otherChanges);
  return new Map(
    changes.map(({ place, stored }, i) => {
      const answer = reprocessed[i];
      if (answer?.sequenceNumber !== stored.sequenceNumber) throw new Error(otherChanges);
      const { end, code, detail } = answer;
      return [place.object, { end, code, detail }];
    }),
  );
}

const otherChanges = 'its answer is about other changes than those of the request';
