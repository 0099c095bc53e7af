import { isDeepStrictEqual } from 'node:util';
import type { EventLine } from '../cloud.ts';
import type { FeedTally, QuarantinedLine } from './feed-cloud.ts';
import type { FeedSample } from './feed-samples.ts';

/** What came of a sample's records. */
export interface FeedFound {
  readonly tally: FeedTally;
  readonly events: readonly EventLine[];
  /** In the order of the records. */
  readonly quarantined: readonly QuarantinedLine[];
}

/** How it differs from what the sample says; empty when it does not. Order of events does not matter, number does. */
export const feedDifferences = (expected: FeedSample, found: FeedFound): string[] => [
  ...differs('tally', expected.tally, found.tally),
  ...differs('faults', codesOf(expected.faults), codesOf(found.quarantined)),
  ...differs(
    'events',
    sorted(expected.events),
    sorted(found.events.map(({ detail: { type, subject, data } }) => ({ type, subject, data }))),
  ),
];

const codesOf = (faults: readonly { readonly code: string }[]): string[] => faults.map(({ code }) => code);

const sorted = (events: readonly object[]): unknown[] =>
  events
    .map(event => JSON.parse(JSON.stringify(event)))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

function differs(what: string, expected: unknown, found: unknown): string[] {
  if (isDeepStrictEqual(expected, found)) return [];
  return [`${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`];
}
