import * as z from 'zod';
import { jsonOf } from '#shared/core/json-of.ts';

const chunk = z.object({ handoffId: z.string(), pass: z.string(), n: z.int() });
const arrival = z.object({ detail: z.object({ object: z.object({ key: z.string() }) }) });
const spilled = z.object({ key: z.string() });
const postponed = z.object({ kind: z.literal('edge.postponed'), message: z.unknown() });

/** What a dead letter is about, in words. Its body may be anything. */
export function subjectOf(body: string): string {
  const json = jsonOf(body);
  const inner = postponed.safeParse(json);
  return subjectOfJson(inner.success ? inner.data.message : json);
}

function subjectOfJson(json: unknown): string {
  const ofChunk = chunk.safeParse(json);
  if (ofChunk.success) return `chunk ${ofChunk.data.n} (${ofChunk.data.pass}) of ${ofChunk.data.handoffId}`;
  const ofArrival = arrival.safeParse(json);
  if (ofArrival.success) return `file ${ofArrival.data.detail.object.key}`;
  const ofSpilled = spilled.safeParse(json);
  if (ofSpilled.success) return `delivery ${ofSpilled.data.key}`;
  return 'a message that is none of ours';
}
