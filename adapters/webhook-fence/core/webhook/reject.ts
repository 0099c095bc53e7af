import * as z from 'zod';

/** A refused request with all that is needed to verify it again, its signature included. Kept apart from deliveries, and for days only. */
export interface Reject {
  readonly receivedAt: number;
  readonly id: string;
  readonly pathTenant?: string | undefined;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const credentials = ['authorization', 'cookie', 'proxy-authorization'];

const shape = z.object({
  reject: z.literal(1),
  reason: z.string(),
  receivedAt: z.number(),
  id: z.string(),
  pathTenant: z.string().optional(),
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  bodyBase64: z.string(),
});

/** Without cookies, and without credentials that no release needs: `proofs` are the headers that prove a request. */
export function rejectText(reject: Reject, reason: string, proofs: readonly string[] = []): string {
  const { receivedAt, id, pathTenant, method, url, headers, body } = reject;
  const kept = Object.fromEntries(
    Object.entries(headers).filter(([name]) => proofs.includes(name) || !credentials.includes(name)),
  );
  const bodyBase64 = Buffer.from(body).toString('base64');
  const request = { receivedAt, id, pathTenant, method, url, headers: kept, bodyBase64 };
  return JSON.stringify({ reject: 1, reason, ...request });
}

/** @throws when the text is no kept reject. */
export function parseReject(text: string): Reject {
  const { reject: _, reason: __, bodyBase64, ...request } = shape.parse(JSON.parse(text));
  return { ...request, body: Buffer.from(bodyBase64, 'base64') };
}

/** `2026-11-20T08` */
export const hourOf = (epochMilliseconds: number): string =>
  new Date(epochMilliseconds).toISOString().slice(0, 13);

/** The hours, in order, that a span of time touches. */
export function* hoursBetween(from: number, to: number): Generator<string> {
  const hour = 3_600_000;
  for (let at = Math.floor(from / hour) * hour; at <= to; at += hour) yield hourOf(at);
}

/** Where a reject is kept: a number on a shelf of an hour. */
export interface RejectPlace {
  readonly hour: string;
  readonly shelf: string;
  readonly slot: number;
}

/** Where the rejects of a fence are, in the bucket of rejects. */
export const rejectsPrefix = (integration: string): string => `${integration}/rejects/`;

/** Where the reports of releases are, in the same bucket. */
export const releasesPrefix = (integration: string): string => `${integration}/audit/`;

export const rejectKey = (integration: string, { hour, shelf, slot }: RejectPlace): string =>
  `${rejectsPrefix(integration)}${hour}/${shelf}/${String(slot).padStart(5, '0')}.json`;
