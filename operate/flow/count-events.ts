import * as z from 'zod';
import { limits } from '#shared/contract/limits.ts';
import { askedRange } from '../core/bus-log/asked-range.ts';
import { keysOf } from '../core/bus-log/log-range.ts';
import { loggedEventOf } from '../core/bus-log/logged-event.ts';
import { cursorOf, placeOf } from '../core/cursor.ts';
import type { InputOf, OutputOf } from '../core/operations.ts';
import { logLines, logObjects } from './read-log.ts';
import type { Work } from './work.ts';

/** The last object that the pages before read. Times are kept, so that all pages count the same. */
const place = z.strictObject({ key: z.string(), from: z.iso.datetime(), to: z.iso.datetime() });

/** Counts the events of a part of the bus log, repeats included. A page reads a bounded number of bytes. */
export async function countEvents(
  { ports }: Work,
  { cursor, from, to, bucketSeconds }: InputOf<'countEvents'>,
): Promise<OutputOf<'countEvents'>> {
  const start = placeOf(place, cursor);
  const range = start ?? askedRange(ports.clock.now(), { from, to });
  const [first, end, span] = [Date.parse(range.from), Date.parse(range.to), bucketSeconds * 1_000];
  const counts = new Map<string, OutputOf<'countEvents'>['counts'][number]>();
  const searched = { from: range.from, to: range.to, objects: 0, bytes: 0 };
  let last = start?.key;
  const page = (next: string | null) => ({ counts: [...counts.values()], searched, next });
  for await (const object of logObjects(ports.objects, keysOf(range), last)) {
    if (searched.bytes >= limits.busLogBytesAPage || searched.objects >= limits.busLogObjectsAPage)
      return page(cursorOf({ key: last, from: range.from, to: range.to }));
    searched.objects += 1;
    searched.bytes += object.bytes;
    last = object.key;
    for await (const line of logLines(ports.objects, object)) {
      const event = loggedEventOf(line);
      const time = Date.parse(event?.publishedAt ?? '');
      if (!event || time < first || time >= end) continue;
      const at = new Date(Math.floor(time / span) * span).toISOString();
      const key = `${event.integration} ${at}`;
      const events = (counts.get(key)?.events ?? 0) + 1;
      counts.set(key, { integration: event.integration, at, events });
    }
  }
  return page(null);
}
