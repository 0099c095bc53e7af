import * as z from 'zod';
import { type Obstacle, obstacleTo, storedChange } from '#adapters/cdc-feed/core/feed/stored-change.ts';
import type { Kind } from '#shared/contract/kind.ts';

/** One quarantined request or change, as its object holds it. */
export interface QuarantinedObject {
  readonly key: string;
  readonly json: Readonly<Record<string, unknown>>;
  /** Why it is quarantined. */
  readonly code: string;
  /** ISO 8601 UTC: when it came. */
  readonly arrivedAt: string;
  /** In words, without content. */
  readonly about: string;
  /** Why it can never be processed, whatever the contract says. */
  readonly obstacle?: Obstacle | undefined;
}

/** How the objects of one kind are read, and in which order they are processed. */
export interface ObjectReading {
  /** @throws ZodError for what is no unit of the kind. */
  readonly read: (json: unknown) => Omit<QuarantinedObject, 'key'>;
  readonly compare: (one: string, other: string) => number;
}

const request = z.looseObject({ name: z.string(), code: z.string(), receivedAt: z.string() });

/** Requests know no order: by their keys, which begin with the day. */
const requests: ObjectReading = {
  read(given) {
    const json = request.parse(given);
    const { name, code, receivedAt: arrivedAt } = json;
    return { json, code, arrivedAt, about: `request ${name}: ${code}` };
  },
  compare: (one, other) => compareText(one, other),
};

/** Changes of one key have rising numbers, also where they go on in another shard of the stream. */
const changes: ObjectReading = {
  read(given) {
    const json = storedChange.parse(given);
    const { stream, sequenceNumber, arrivedAt, code } = json;
    const about = `change ${sequenceNumber} of ${stream}: ${code}`;
    return { json, code, arrivedAt, about, obstacle: obstacleTo(json) };
  },
  compare(one, other) {
    const [a, b] = [placeIn(one), placeIn(other)];
    return (
      compareText(a.stream, b.stream) ||
      a.number.length - b.number.length ||
      compareText(a.number, b.number) ||
      compareText(one, other)
    );
  },
};

export const objectReadings: Readonly<Record<Exclude<Kind, 'file-lane'>, ObjectReading>> = {
  'webhook-fence': requests,
  'cdc-feed': changes,
};

const compareText = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/** In `<feed>/<stream>/<shard>/<sequence number>.json`. Numbers have no leading zeros. */
function placeIn(key: string): { readonly stream: string; readonly number: string } {
  const [, stream = ''] = key.split('/');
  return { stream, number: key.slice(key.lastIndexOf('/') + 1).replace(/\.json$/, '') };
}
