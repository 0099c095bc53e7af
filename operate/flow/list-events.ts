import * as z from 'zod';
import { limits } from '#shared/contract/limits.ts';
import { askedRange } from '../core/bus-log/asked-range.ts';
import { type EventFilter, isAskedFor, mayBeAskedFor } from '../core/bus-log/event-filter.ts';
import { keysOf } from '../core/bus-log/log-range.ts';
import { loggedEventOf } from '../core/bus-log/logged-event.ts';
import { cursorOf, placeOf } from '../core/cursor.ts';
import { integrationOf } from '../core/known-integrations.ts';
import type { InputOf, OutputOf } from '../core/operations.ts';
import type { EventLine } from '../core/shapes/events.ts';
import type { StoredObject } from '../ports.ts';
import { logLines, logObjects } from './read-log.ts';
import type { Work } from './work.ts';

/** How far the pages before went: so many lines of the object. Times are kept, so that all pages search the same. */
const place = z.strictObject({
  key: z.string(),
  lines: z.int().min(0),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
});

/**
 * One page of events, in the order in which they came to the bus log, repeats included. It reads a bounded number of bytes: a page
 * may be empty and have a next.
 */
export async function listEvents(
  work: Work,
  { limit, cursor, from, to, ...attributes }: InputOf<'listEvents'>,
): Promise<OutputOf<'listEvents'>> {
  if (attributes.integration !== undefined) integrationOf(work.integrations, attributes.integration);
  const start = placeOf(place, cursor);
  const range = start ?? askedRange(work.ports.clock.now(), { from, to });
  const search = new Search({ ...attributes, from: range.from, to: range.to }, limit);
  const { objects } = work.ports;
  for await (const object of logObjects(objects, keysOf(range), beforeKey(start?.key))) {
    const skipped = object.key === start?.key ? start.lines : 0;
    const place = { key: object.key, lines: skipped, from: range.from, to: range.to };
    if (search.isSpent) return search.page(cursorOf(place));
    const lines = await search.read(object, logLines(objects, object), skipped);
    if (lines !== 'all') return search.page(cursorOf({ ...place, lines }));
  }
  return search.page(null);
}

/** Listings begin after a key: so that the object itself is read again. */
const beforeKey = (key: string | undefined): string | undefined => key?.slice(0, -1);

class Search {
  readonly #filter: EventFilter;
  readonly #limit: number;
  readonly #events: EventLine[] = [];
  #objects = 0;
  #bytes = 0;

  constructor(filter: EventFilter, limit: number) {
    this.#filter = filter;
    this.#limit = limit;
  }

  /** Whether this page may read no further object. */
  get isSpent(): boolean {
    return this.#bytes >= limits.busLogBytesAPage || this.#objects >= limits.busLogObjectsAPage;
  }

  /** Reads an object without its first lines. Gives the line before which the page was full, or that all was read. */
  async read(
    { key, bytes }: StoredObject,
    lines: AsyncIterable<string>,
    skipped: number,
  ): Promise<number | 'all'> {
    this.#objects += 1;
    this.#bytes += bytes;
    let at = 0;
    for await (const line of lines) {
      const event = at >= skipped && mayBeAskedFor(line, this.#filter) ? loggedEventOf(line) : undefined;
      if (event && isAskedFor(event, this.#filter)) {
        if (this.#events.length === this.#limit) return at;
        this.#events.push({ ...event, object: key });
      }
      at += 1;
    }
    return 'all';
  }

  page(next: string | null): OutputOf<'listEvents'> {
    const { from, to } = this.#filter;
    return {
      events: this.#events,
      searched: { from, to, objects: this.#objects, bytes: this.#bytes },
      next,
    };
  }
}
