import { isUtf8 } from 'node:buffer';
import * as z from 'zod';
import type { Delivery } from './delivery.ts';

const shape = z.object({
  delivery: z.literal(1),
  correlationId: z.string(),
  name: z.string(),
  deliveryId: z.string().optional(),
  unsignedId: z.string().optional(),
  provenTenant: z.string().optional(),
  pathTenant: z.string().optional(),
  receivedAt: z.string(),
  sentAt: z.string().optional(),
  traceparent: z.string(),
  headers: z.record(z.string(), z.string()),
  sha256: z.string(),
  payloadHash: z.string(),
  body: z.string().optional(),
  bodyBase64: z.string().optional(),
});

/** A delivery as one JSON object. A UTF-8 body is stored as text, so that people can read it. */
export const archiveText = ({ body, ...delivery }: Delivery): string =>
  JSON.stringify({ delivery: 1, ...delivery, ...bodyText(body) });

/** `{body}` as text, else `{bodyBase64}`. */
export const bodyText = (body: Uint8Array): { body: string } | { bodyBase64: string } =>
  isUtf8(body)
    ? { body: Buffer.from(body).toString('utf8') }
    : { bodyBase64: Buffer.from(body).toString('base64') };

/** @throws when the text is no archived delivery. */
export function parseArchive(text: string): Delivery {
  const { delivery: _, body, bodyBase64, ...rest } = shape.parse(JSON.parse(text));
  return {
    ...rest,
    deliveryId: rest.deliveryId,
    sentAt: rest.sentAt,
    body: body === undefined ? Buffer.from(bodyBase64 ?? '', 'base64') : Buffer.from(body, 'utf8'),
  };
}
