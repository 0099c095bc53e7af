import { limits } from '#shared/contract/limits.ts';
import type { KnownIntegration } from './known-integration.ts';

/** The buckets that hold raw inputs, by name. */
export type RawBuckets = Readonly<Record<'inbound' | 'raw', string>>;

/** Where the raw input of an event is. */
export interface RawPlace {
  readonly store: keyof RawBuckets;
  readonly key: string;
  readonly versionId: string | undefined;
  /** Bytes; the end is exclusive. */
  readonly start: number;
  readonly end: number;
}

const form = /^s3:\/\/([^/]+)\/([^?#]+)(?:\?versionId=([^#]+))?(?:#bytes=(\d+)-(\d+))?$/;

/** What an event's `rawref` names. Undefined where that is no object of its integration: others may put events on the bus too. */
export function rawPlaceOf(
  rawref: string,
  { id, inPrefix }: Pick<KnownIntegration, 'id' | 'inPrefix'>,
  buckets: RawBuckets,
): RawPlace | undefined {
  const [whole, bucket = '', encoded = '', version, first = '0', last] = form.exec(rawref) ?? [];
  const key = whole && decoded(encoded);
  // Of a lane, an event without a range is about a file as a whole.
  const isFile = last === undefined && inPrefix !== undefined;
  if (key === undefined || key === '' || isFile) return undefined;
  const range = rangeOf(Number(first), last === undefined ? undefined : Number(last));
  const versionId = version && decoded(version);
  if (bucket === buckets.raw && key.startsWith(`${id}/`)) return { store: 'raw', key, versionId, ...range };
  const isDropped = bucket === buckets.inbound && inPrefix !== undefined && key.startsWith(inPrefix);
  return isDropped ? { store: 'inbound', key, versionId, ...range } : undefined;
}

/** No more than one answer takes. */
function rangeOf(start: number, last: number | undefined): Pick<RawPlace, 'start' | 'end'> {
  const most = start + limits.contentBytesAPage;
  return { start, end: last === undefined ? most : Math.min(last + 1, most) };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
