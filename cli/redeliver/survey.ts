import { inParallel } from '#shared/core/batch/in-parallel.ts';
import type { BatchPlace } from './given-up.ts';
import { readGivenUp, reasonOf } from './read-given-up.ts';
import { inStreamOrder } from './stream-order.ts';

/** The bucket of undelivered records. */
export interface Undelivered {
  /** Keys of what Lambda wrote there. */
  objects(): Promise<readonly string[]>;
  /** Undefined when it is not there any more. */
  read(object: string): Promise<string | undefined>;
  remove(object: string): Promise<void>;
}

/** What lies undelivered. Records themselves are not kept, however many there are. */
export interface Survey {
  readonly batches: readonly BatchPlace[];
  readonly unreadable: readonly { readonly object: string; readonly why: string }[];
}

const readsAtOnce = 8;

/** Looks at everything that was given up, and puts it in the order of its stream. */
export async function survey(undelivered: Undelivered): Promise<Survey> {
  const seen = await inParallel(await undelivered.objects(), readsAtOnce, object =>
    look(undelivered, object),
  );
  return {
    batches: inStreamOrder(seen.flatMap(({ batches }) => batches)),
    unreadable: seen.flatMap(({ unreadable }) => unreadable),
  };
}

async function look(undelivered: Undelivered, object: string): Promise<Survey> {
  const text = await undelivered.read(object);
  if (text === undefined) return { batches: [], unreadable: [] };
  try {
    const batches = readGivenUp(object, text).map(({ records, eventOf, ...place }) => place);
    return { batches, unreadable: [] };
  } catch (error) {
    return { batches: [], unreadable: [{ object, why: reasonOf(error) }] };
  }
}
