import * as z from 'zod';
import { limits } from '#shared/contract/limits.ts';
import type { Signer } from '../../contract/webhook-scheme.ts';
import { parseStrictJson } from '../json/strict-json.ts';
import type { Signed } from './match.ts';
import { type Refusal, refusal } from './refusal.ts';

/**
 * Colons join the signed fields without escaping. Only the merchant's own reference may hold one: with at most one such field the
 * text can be divided in only one way.
 */
const field = z.string().regex(/^[^:]*$/);

const item = z.object({
  additionalData: z.object({ hmacSignature: z.string().min(1).max(limits.webhookHeaderBytesMax) }),
  pspReference: field,
  originalReference: field.nullish(),
  merchantAccountCode: field,
  merchantReference: z.string().nullish(),
  amount: z.object({ value: z.int(), currency: field }),
  eventCode: field,
  success: field,
});

const notification = z.object({
  notificationItems: z
    .array(z.object({ NotificationRequestItem: item }))
    .min(1)
    .max(limits.webhookSignedItemsMax),
});

/** Each item of an Adyen payment notification carries its own signature over eight of its fields; all must be genuine. */
export function adyenSigned(body: Uint8Array, signers: readonly Signer[]): readonly Signed[] | Refusal {
  const parsed = parseStrictJson(body);
  if (!parsed.ok) return refusal('MALFORMED_BODY', `the body is refused as JSON: ${parsed.problem}`);
  const checked = notification.safeParse(parsed.value);
  if (!checked.success) {
    const places = checked.error.issues.map(issue => issue.path.join('.')).slice(0, 5);
    return refusal('MALFORMED_BODY', `not a signed Adyen payment notification at ${places.join(', ')}`);
  }
  return checked.data.notificationItems.map(({ NotificationRequestItem: one }) => ({
    alternatives: [Buffer.from(signedText(one))],
    claims: signers.map(signer => ({ signer, text: one.additionalData.hmacSignature })),
  }));
}

const signedText = (one: z.infer<typeof item>): string =>
  [
    one.pspReference,
    one.originalReference ?? '',
    one.merchantAccountCode,
    one.merchantReference ?? '',
    one.amount.value,
    one.amount.currency,
    one.eventCode,
    one.success,
  ].join(':');
