import * as z from 'zod';
import { readUndelivered } from '#adapters/cdc-feed/core/undelivered/read-undelivered.ts';
import { inStreamOrder } from '#adapters/cdc-feed/core/undelivered/stream-order.ts';
import {
  type BatchPlace,
  shardName,
  type UndeliveredBatch,
} from '#adapters/cdc-feed/core/undelivered/undelivered-batch.ts';
import { limits } from '#shared/contract/limits.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import { undeliveredLine, undeliveredPrefix } from '../../core/undelivered-line.ts';
import type { Objects, StoredObject } from '../../object-ports.ts';
import { sortedKeys } from './sorted-keys.ts';

/** Where a batch is, and the bytes of its object. */
export interface StoredBatch extends BatchPlace {
  readonly bytes: number;
}

/** What is undelivered, without the records themselves: there may be many. */
export interface Survey {
  readonly batches: readonly StoredBatch[];
  /** Keys of objects that Lambda did not write. */
  readonly unreadable: readonly string[];
  /** Whether there are more objects than one plan takes. */
  readonly more: boolean;
}

/**
 * Reads the undelivered batches of a feed, in the order of their stream. Of too many it takes those that became undelivered first: within a
 * key these are the first of their stream too.
 */
export async function surveyUndelivered(objects: Objects, feed: string): Promise<Survey> {
  const keys: StoredObject[] = [];
  for await (const object of keysOf(objects, feed)) {
    keys.push(object);
    if (keys.length > limits.planUndeliveredObjectsMax) break;
  }
  const taken = keys.slice(0, limits.planUndeliveredObjectsMax);
  const read = await inParallel(taken, limits.callsInFlightMax, object => placesIn(objects, feed, object));
  return {
    batches: inStreamOrder(read.flatMap(({ batches }) => batches)),
    unreadable: read.flatMap(({ unreadable }) => unreadable),
    more: keys.length > taken.length,
  };
}

const keysOf = (objects: Objects, feed: string): AsyncGenerator<StoredObject> =>
  sortedKeys(objects, {
    store: { undeliveredOf: feed },
    prefix: undeliveredPrefix,
    isAsked: () => true,
    compare: (one, other) => (timeAndKey(feed, one) < timeAndKey(feed, other) ? -1 : 1),
    after: undefined,
  });

/** What Lambda did not write comes first: it blocks what may be behind it. */
const timeAndKey = (feed: string, key: string): string =>
  `${undeliveredLine(feed, { key, bytes: 0 }).failedAt ?? ''} ${key}`;

async function placesIn(objects: Objects, feed: string, object: StoredObject): Promise<Omit<Survey, 'more'>> {
  const text = await textOf(objects, feed, { object: object.key, bytes: object.bytes });
  if (text === undefined) return { batches: [], unreadable: [] };
  try {
    const batches = readUndelivered(object.key, text).map(({ records, eventOf, ...place }) => ({
      ...place,
      bytes: object.bytes,
    }));
    return { batches, unreadable: [] };
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
    return { batches: [], unreadable: [object.key] };
  }
}

/** A batch with its records; undefined when somebody took its object away. */
export async function readBatch(
  objects: Objects,
  feed: string,
  place: StoredBatch,
): Promise<UndeliveredBatch | undefined> {
  const text = await textOf(objects, feed, place);
  if (text === undefined) return undefined;
  return readUndelivered(place.object, text).find(batch => shardName(batch) === shardName(place));
}

/** Undefined when the object is gone. */
export async function textOf(
  objects: Objects,
  feed: string,
  { object, bytes }: Pick<StoredBatch, 'object' | 'bytes'>,
): Promise<string | undefined> {
  const range = { start: 0, end: Math.max(1, bytes) };
  const content = await objects.read({ undeliveredOf: feed }, object, range);
  return content && Buffer.from(content).toString('utf8');
}
