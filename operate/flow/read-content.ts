import { Buffer } from 'node:buffer';
import * as z from 'zod';
import { limits } from '#shared/contract/limits.ts';
import { type LoggedEvent, loggedEventOf } from '../core/bus-log/logged-event.ts';
import { cursorOf, placeOf } from '../core/cursor.ts';
import { integrationOf } from '../core/known-integrations.ts';
import type { InputOf, OutputOf } from '../core/operations.ts';
import { invalid, notFound } from '../core/problem.ts';
import { rawPlaceOf } from '../core/raw-place.ts';
import { type ContentPlace, contentPlace } from '../core/reading.ts';
import { logLines } from './read-log.ts';
import type { Work } from './work.ts';

type Asked = InputOf<'readContent'>;

const part = z.strictObject({ byte: z.int().min(0) });

/** Content as it came. Who looks at it is recorded first: nobody sees content without a record. */
export async function readContent(work: Work, asked: Asked): Promise<OutputOf<'readContent'>> {
  const { ports, caller } = work;
  const { cursor, integration, of, id } = asked;
  const place = contentPlace(integrationOf(work.integrations, integration), asked);
  if (!place)
    throw invalid(`object is not of ${integration}`, 'Give the object that the list names beside the id.');
  const start = placeOf(part, cursor)?.byte ?? 0;
  const at = new Date(ports.clock.now()).toISOString();
  await ports.readings.record({ integration, of, id, object: place.key, by: caller.arn, at });
  if (of === 'raw') return readRaw(work, asked, place);
  return of === 'event' ? readEvent(work, asked, place) : readPart(work, place, start);
}

const gone = () =>
  notFound('the content is not there', 'It has expired, or was reprocessed. Look at the list again.');

async function readPart(
  { ports }: Work,
  { store, key }: ContentPlace,
  start: number,
): Promise<OutputOf<'readContent'>> {
  const end = start + limits.contentBytesAPage;
  const bytes = await ports.objects.read(store, key, { start, end });
  if (!bytes) throw gone();
  const isLast = bytes.length < limits.contentBytesAPage;
  return { base64: Buffer.from(bytes).toString('base64'), next: isLast ? null : cursorOf({ byte: end }) };
}

/** The line of the log that holds the event, as it was on the bus. */
async function readEvent(work: Work, asked: Asked, place: ContentPlace): Promise<OutputOf<'readContent'>> {
  const { line } = await findEvent(work, asked, place);
  return { base64: Buffer.from(line).toString('base64'), next: null };
}

/** What the event was made of: where that is, the log says and not who asks. */
async function readRaw(work: Work, asked: Asked, logged: ContentPlace): Promise<OutputOf<'readContent'>> {
  const { ports, integrations } = work;
  const { event } = await findEvent(work, asked, logged);
  const place = rawPlaceOf(event.rawref, integrationOf(integrations, asked.integration), ports.rawBuckets);
  if (!place) throw gone();
  const bytes = await ports.objects.read(place.store, place.key, place);
  if (!bytes) throw gone();
  return { base64: Buffer.from(bytes).toString('base64'), next: null };
}

async function findEvent(
  { ports }: Work,
  { integration, id }: Asked,
  { key }: ContentPlace,
): Promise<{ readonly line: string; readonly event: LoggedEvent }> {
  const [object] = await listed(ports.objects.list('busLog', { prefix: key, limit: 1 }));
  if (object?.key !== key) throw gone();
  for await (const line of logLines(ports.objects, object)) {
    const event = line.includes(id) ? loggedEventOf(line) : undefined;
    if (event?.id === id && event.integration === integration) return { line, event };
  }
  throw gone();
}

const listed = async <T>(page: Promise<readonly T[] | 'missing'>): Promise<readonly T[]> => {
  const found = await page;
  return found === 'missing' ? [] : found;
};
