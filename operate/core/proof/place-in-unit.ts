import { shortIdOf } from '#shared/core/identity/id-digest.ts';

/** Of a line of the bus log: which unit's event it is, and where in the unit's input it was made. */
export interface PlaceInUnit {
  /** The hand-off of an event of a file. */
  readonly correlationId: string;
  /** Key of the input in the raw bucket. */
  readonly rawKey: string;
  readonly shortId: string;
  readonly byte: number;
}

/**
 * Undefined for what is no canonical event. A line is not read as JSON: there are millions. Quotes within a text are escaped there, so
 * that a name in quotes is an attribute's.
 */
export function placeInUnit(line: string): PlaceInUnit | undefined {
  const correlationId = attribute(line, '"correlationid":"', '"');
  const rawRef = attribute(line, '"rawref":"', '"');
  const id = eventId.exec(line)?.[1];
  if (correlationId === undefined || rawRef === undefined || id === undefined) return undefined;
  const byte = attribute(rawRef, '#bytes=', '-') ?? '0';
  return { correlationId, rawKey: keyIn(rawRef), shortId: shortIdOf(id), byte: Number(byte) };
}

/** The event's own id has 64 hex digits; that of the bus is a UUID. */
const eventId = /"id":"([0-9a-f]{64})"/;

/** Of `s3://<bucket>/<key>`, with what may follow. Keys of deliveries and batches hold nothing that a URI encodes. */
const keyIn = (rawRef: string): string => /^s3:\/\/[^/]+\/([^?#]*)/.exec(rawRef)?.[1] ?? '';

function attribute(line: string, before: string, after: string): string | undefined {
  const start = line.indexOf(before);
  if (start === -1) return undefined;
  const from = start + before.length;
  const end = line.indexOf(after, from);
  return end === -1 ? undefined : line.slice(from, end);
}
