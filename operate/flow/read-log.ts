import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { limits } from '#shared/contract/limits.ts';
import { busLogPrefix } from '../core/bus-log/bus-log-keys.ts';
import { eventLinesOf } from '../core/bus-log/event-lines.ts';
import type { KeyRange } from '../core/bus-log/log-range.ts';
import type { Objects, StoredObject } from '../ports.ts';

/** Objects of the bus log in the order of their hours, those after `after` where it is given. */
export async function* logObjects(
  objects: Objects,
  { first, end }: KeyRange,
  after: string = first,
): AsyncGenerator<StoredObject> {
  for (let start = after, isLast = false; !isLast; ) {
    const asked = { prefix: busLogPrefix, after: start, limit: limits.keysAListing };
    const page = await objects.list('busLog', asked);
    if (page === 'missing') throw new Error('there is no bus log');
    for (const object of page) {
      if (object.key >= end) return;
      yield object;
    }
    start = page.at(-1)?.key ?? start;
    isLast = page.length < limits.keysAListing;
  }
}

/**
 * The events of one object of the bus log, a line each. Memory is bounded by the longest record. None when the object is gone.
 */
export async function* logLines(objects: Objects, object: StoredObject): AsyncGenerator<string> {
  // Failures of either stream come while iterating.
  const text = pipeline(Readable.from(piecesOf(objects, object)), createGunzip(), () => {});
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of text) {
    const lines = (rest + decoder.decode(piece as Uint8Array, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield* eventLinesOf(line);
  }
  if (rest !== '') yield* eventLinesOf(rest);
}

async function* piecesOf(objects: Objects, { key, bytes }: StoredObject): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes; start += limits.busLogReadBytes) {
    const piece = await objects.read('busLog', key, { start, end: start + limits.busLogReadBytes });
    if (piece === undefined) return;
    yield piece;
  }
}
