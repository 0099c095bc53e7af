import { shortIdOf } from '#shared/core/identity/id-digest.ts';
import { attributeIn } from './attribute-in.ts';
import { isCanonical } from './is-canonical.ts';

/** Of a line of the bus log: which unit's event it is, and where in the unit's input it was made. */
export interface PlaceInUnit {
  /** The hand-off of an event of a file. */
  readonly correlationId: string;
  /** Key of the input in the raw bucket. */
  readonly rawKey: string;
  readonly id: string;
  /** The digits of it that count. */
  readonly shortId: string;
  readonly byte: number;
}

/** Undefined for what is no canonical event, and for what the suite itself publishes about a unit, such as that its file is settled. */
export function placeInUnit(line: string): PlaceInUnit | undefined {
  if (!isCanonical(line) || attributeIn(line, 'source') === 'edge') return undefined;
  const correlationId = attributeIn(line, 'correlationid');
  const rawRef = attributeIn(line, 'rawref');
  const id = eventId.exec(line)?.[1];
  if (correlationId === undefined || rawRef === undefined || id === undefined) return undefined;
  const [, rawKey = '', byte = '0'] = place.exec(rawRef) ?? [];
  return { correlationId, rawKey, id, shortId: shortIdOf(id), byte: Number(byte) };
}

/** The event's own id has 64 hex digits; that of the bus is a UUID. */
const eventId = /"id":"([0-9a-f]{64})"/;

/** `s3://<bucket>/<key>?<version>#bytes=<first>-<last>`. Keys of deliveries and batches hold nothing that a URI encodes. */
const place = /^s3:\/\/[^/]+\/([^?#]*)(?:\?[^#]*)?(?:#bytes=(\d+))?/;
