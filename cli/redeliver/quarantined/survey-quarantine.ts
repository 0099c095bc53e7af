import {
  type Hindrance,
  hindranceOf,
  type KeptChange,
  keptChange,
} from '#adapters/cdc-feed/core/feed/kept-change.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import type { Wanted } from '../read-call.ts';
import { reasonOf } from '../read-given-up.ts';
import { byNumber } from './by-number.ts';
import type { Quarantine } from './quarantine.ts';

/** One quarantined change; what it holds is not kept, however many there are. */
export interface ChangePlace {
  readonly object: string;
  /** Of the object. */
  readonly bytes: number;
  readonly stream: string;
  readonly sequenceNumber: string;
  /** ISO 8601 UTC: when the stream took it. */
  readonly arrivedAt: string;
  /** Why it was put aside. */
  readonly code: string;
  readonly hindrance: Hindrance | undefined;
}

export interface QuarantineSurvey {
  readonly changes: readonly ChangePlace[];
  readonly unreadable: readonly { readonly object: string; readonly why: string }[];
}

const readsAtOnce = 8;

/** Looks at everything that a feed put aside, and puts what is wanted of it in the order of its stream. */
export async function surveyQuarantine(quarantine: Quarantine, wanted: Wanted): Promise<QuarantineSurvey> {
  const seen = await inParallel(await quarantine.objects(), readsAtOnce, object => look(quarantine, object));
  const changes = seen.flatMap(each => (each && 'code' in each && isWanted(wanted, each) ? [each] : []));
  const unreadable = seen.flatMap(each => (each && 'why' in each ? [each] : []));
  return { changes: changes.sort(inStreamOrder), unreadable };
}

async function look(quarantine: Quarantine, object: string) {
  const text = await quarantine.read(object);
  if (text === undefined) return undefined;
  try {
    return placeOf(object, text, readKept(text));
  } catch (error) {
    return { object, why: reasonOf(error) };
  }
}

/** @throws Error that says why it is no quarantined change. */
export const readKept = (text: string): KeptChange => keptChange.parse(JSON.parse(text));

function placeOf(object: string, text: string, kept: KeptChange): ChangePlace {
  const { stream, sequenceNumber, arrivedAt, code } = kept;
  const bytes = Buffer.byteLength(text);
  return { object, bytes, stream, sequenceNumber, arrivedAt, code, hindrance: hindranceOf(kept) };
}

const isWanted = ({ code, from, to }: Wanted, change: ChangePlace): boolean =>
  (code === undefined || change.code === code) &&
  (from === undefined || change.arrivedAt >= from) &&
  (to === undefined || change.arrivedAt < to);

/** Numbers of one key rise, also where its changes go on in another shard of the stream. */
const inStreamOrder = (a: ChangePlace, b: ChangePlace): number =>
  a.stream === b.stream ? byNumber(a.sequenceNumber, b.sequenceNumber) : a.stream < b.stream ? -1 : 1;
