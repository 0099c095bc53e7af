import { inParallel } from '#shared/core/batch/in-parallel.ts';
import { readUndelivered, reasonOf } from './read-undelivered.ts';
import { inStreamOrder } from './stream-order.ts';
import type { BatchPlace } from './undelivered-batch.ts';

/** The bucket of undelivered records. */
export interface Undelivered {
  /** Keys of what Lambda wrote there. */
  objects(): Promise<readonly string[]>;
  /** Undefined when the object is gone. */
  read(object: string): Promise<string | undefined>;
  remove(object: string): Promise<void>;
}

/** What is undelivered, without the records themselves: there may be many. */
export interface Survey {
  readonly batches: readonly BatchPlace[];
  readonly unreadable: readonly { readonly object: string; readonly why: string }[];
}

const readsAtOnce = 8;

/** Reads all undelivered batches, in the order of their stream. */
export async function survey(undelivered: Undelivered): Promise<Survey> {
  const seen = await inParallel(await undelivered.objects(), readsAtOnce, object =>
    readPlaces(undelivered, object),
  );
  return {
    batches: inStreamOrder(seen.flatMap(({ batches }) => batches)),
    unreadable: seen.flatMap(({ unreadable }) => unreadable),
  };
}

async function readPlaces(undelivered: Undelivered, object: string): Promise<Survey> {
  const text = await undelivered.read(object);
  if (text === undefined) return { batches: [], unreadable: [] };
  try {
    const batches = readUndelivered(object, text).map(({ records, eventOf, ...place }) => place);
    return { batches, unreadable: [] };
  } catch (error) {
    return { batches: [], unreadable: [{ object, why: reasonOf(error) }] };
  }
}
