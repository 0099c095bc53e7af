import {
  type Obstacle,
  obstacleTo,
  type StoredChange,
  storedChange,
} from '#adapters/cdc-feed/core/feed/stored-change.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import type { ChangeFilter } from '../read-call.ts';
import { reasonOf } from '../read-undelivered.ts';
import { byNumber } from './by-number.ts';
import type { Quarantine } from './quarantine.ts';

/** One quarantined change, without its content: there may be many. */
export interface ChangePlace {
  readonly object: string;
  /** Of the object. */
  readonly bytes: number;
  readonly stream: string;
  readonly sequenceNumber: string;
  /** ISO 8601 UTC: when the stream received it. */
  readonly arrivedAt: string;
  /** Why it is quarantined. */
  readonly code: string;
  readonly obstacle: Obstacle | undefined;
}

export interface QuarantineSurvey {
  readonly changes: readonly ChangePlace[];
  readonly unreadable: readonly { readonly object: string; readonly why: string }[];
}

const readsAtOnce = 8;

/** Reads all quarantined changes of a feed; gives those that match the filter, in the order of their stream. */
export async function surveyQuarantine(
  quarantine: Quarantine,
  filter: ChangeFilter,
): Promise<QuarantineSurvey> {
  const seen = await inParallel(await quarantine.objects(), readsAtOnce, object =>
    readPlace(quarantine, object),
  );
  const changes = seen.flatMap(each => (each && 'code' in each && matches(filter, each) ? [each] : []));
  const unreadable = seen.flatMap(each => (each && 'why' in each ? [each] : []));
  return { changes: changes.sort(inStreamOrder), unreadable };
}

async function readPlace(quarantine: Quarantine, object: string) {
  const text = await quarantine.read(object);
  if (text === undefined) return undefined;
  try {
    return placeOf(object, text, readStored(text));
  } catch (error) {
    return { object, why: reasonOf(error) };
  }
}

/** @throws Error that says why the text is no quarantined change. */
export const readStored = (text: string): StoredChange => storedChange.parse(JSON.parse(text));

function placeOf(object: string, text: string, stored: StoredChange): ChangePlace {
  const { stream, sequenceNumber, arrivedAt, code } = stored;
  const bytes = Buffer.byteLength(text);
  return { object, bytes, stream, sequenceNumber, arrivedAt, code, obstacle: obstacleTo(stored) };
}

const matches = ({ code, from, to }: ChangeFilter, change: ChangePlace): boolean =>
  (code === undefined || change.code === code) &&
  (from === undefined || change.arrivedAt >= from) &&
  (to === undefined || change.arrivedAt < to);

/** Sequence numbers of one key rise, even where its changes continue in another shard of the stream. */
const inStreamOrder = (a: ChangePlace, b: ChangePlace): number =>
  a.stream === b.stream ? byNumber(a.sequenceNumber, b.sequenceNumber) : a.stream < b.stream ? -1 : 1;
