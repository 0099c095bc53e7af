import { hash } from 'node:crypto';
import * as z from 'zod';
import { jsonOf } from '#shared/core/json-of.ts';
import type { Sighting } from './issue.ts';

/** One delivery of a log subscription. Source: CloudWatch Logs user guide, "Log group-level subscription filters". */
export const logDelivery = z.object({
  logGroup: z.string(),
  logStream: z.string(),
  logEvents: z.array(z.object({ id: z.string(), timestamp: z.int(), message: z.string() })),
});

export type LogDelivery = z.infer<typeof logDelivery>;

const line = z.object({
  integration: z.string().min(1),
  issues: z.array(
    z.object({
      code: z.string().min(1),
      count: z.int().min(1),
      unit: z.string(),
      place: z.string().optional(),
      once: z.string().optional(),
    }),
  ),
});

/**
 * The faults that lines of a log name. The lines of one delivery are counted together, so that a flood of one fault writes once
 * a delivery. A line that is not as ours are is `unread`: something else of the function wrote it.
 */
export function sightingsIn({ logGroup, logStream, logEvents }: LogDelivery): {
  /** The same whenever the same delivery comes again. */
  readonly delivery: string;
  readonly sightings: readonly Sighting[];
  readonly unread: number;
} {
  const delivery = shortHash(JSON.stringify([logGroup, logStream, logEvents.map(({ id }) => id)]));
  const found = new Map<string, Sighting>();
  let unread = 0;
  for (const { timestamp, message } of logEvents) {
    const read = line.safeParse(jsonOf(message));
    if (!read.success) {
      unread += 1;
      continue;
    }
    const { integration, issues } = read.data;
    const at = new Date(timestamp).toISOString();
    for (const { code, count, once, unit, place } of issues) {
      const key = once === undefined ? delivery : shortHash(once);
      const group = JSON.stringify([integration, code, key]);
      const before = once === undefined ? (found.get(group)?.count ?? 0) : 0;
      const example = { unit, ...(place !== undefined && { place }) };
      found.set(group, { key, integration, code, at, count: before + count, example });
    }
  }
  return { delivery, sightings: [...found.values()], unread };
}

const shortHash = (text: string): string => hash('sha256', text, 'base64url').slice(0, 12);
