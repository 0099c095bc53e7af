import type { KeptChange } from '#adapters/cdc-feed/core/feed/kept-change.ts';
import { type SecondEnd, secondTaken } from '#adapters/cdc-feed/core/feed/second-taking.ts';
import type { Invoke } from '../../release/release-all.ts';
import { reasonOf } from '../read-given-up.ts';
import type { ChangePlace } from './survey-quarantine.ts';

/** A change, and what lies there now; undefined when somebody took it. */
export interface Read {
  readonly place: ChangePlace;
  readonly kept: KeptChange | undefined;
}

type Answer = Omit<SecondEnd, 'sequenceNumber'>;

/** How each ended, by its object. A call that fails leaves all of its changes open: what it did of them it does again. */
export async function ask(invoke: Invoke, there: readonly Read[]): Promise<ReadonlyMap<string, Answer>> {
  try {
    const { taken } = secondTaken.parse(await invoke({ takeAgain: there.map(({ kept }) => kept) }));
    const isOfThese = there.every(({ kept }, i) => kept?.sequenceNumber === taken[i]?.sequenceNumber);
    if (taken.length !== there.length || !isOfThese)
      throw new Error('its answer is about other changes than those that it was given');
    return new Map(
      there.map(({ place }, i) => {
        const { end, code, detail } = taken[i]!;
        return [place.object, { end, code, detail }];
      }),
    );
  } catch (error) {
    const open: Answer = { end: 'open', detail: reasonOf(error) };
    return new Map(there.map(({ place }) => [place.object, open]));
  }
}
