import { shortIdOf } from '#shared/core/identity/id-digest.ts';

/** Of a line of the bus log: which file's event it is, and where in the file its row lies. */
export interface PlaceInFile {
  readonly handoffId: string;
  readonly shortId: string;
  readonly byte: number;
}

/**
 * Undefined for what is no event of a row. A line is not read as JSON: there are millions. Quotes within a text are escaped there, so
 * that a name in quotes is an attribute's.
 */
export function placeInFile(line: string): PlaceInFile | undefined {
  const handoffId = attribute(line, '"correlationid":"', '"');
  const rawRef = attribute(line, '"rawref":"', '"');
  const byte = rawRef && attribute(rawRef, '#bytes=', '-');
  const id = eventId.exec(line)?.[1];
  if (handoffId === undefined || byte === undefined || id === undefined) return undefined;
  return { handoffId, shortId: shortIdOf(id), byte: Number(byte) };
}

/** The event's own id has 64 hex digits; that of the bus is a UUID. */
const eventId = /"id":"([0-9a-f]{64})"/;

function attribute(line: string, before: string, after: string): string | undefined {
  const start = line.indexOf(before);
  if (start === -1) return undefined;
  const from = start + before.length;
  const end = line.indexOf(after, from);
  return end === -1 ? undefined : line.slice(from, end);
}
