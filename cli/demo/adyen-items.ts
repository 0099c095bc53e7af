import type { SignedScheme } from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import { parseStrictJson } from '#adapters/webhook-fence/core/json/strict-json.ts';
import { adyenSigned } from '#adapters/webhook-fence/core/signature/adyen.ts';
import { isRefusal } from '#adapters/webhook-fence/core/signature/refusal.ts';
import { itemAt } from '#shared/contract/item-at.ts';
import { type SenderKeys, signatureOf } from './signature-of.ts';

type Each = {
  readonly NotificationRequestItem?: { readonly additionalData?: Readonly<Record<string, unknown>> };
} | null;

/** An Adyen notification with the signature of each of its items, which lies in the item itself; a body that is none as it is. */
export function withItemsSigned({ signers }: SignedScheme, keys: SenderKeys, body: Uint8Array): Uint8Array {
  const signed = adyenSigned(
    withItemSignatures(body, () => 'to be made'),
    signers,
  );
  if (isRefusal(signed)) return body;
  const signatures = signed.map(({ alternatives }) =>
    signatureOf(itemAt(signers, 0, 'signer'), keys, itemAt(alternatives, 0, 'content')),
  );
  return withItemSignatures(body, (_, i) => signatures[i]);
}

/** The notification with other signatures of its items, or without where there is none to be; a body that is none as it is. */
export function withItemSignatures(
  body: Uint8Array,
  signatureAt: (signature: string, i: number) => string | undefined,
): Uint8Array {
  const parsed = parseStrictJson(body);
  const notification = (parsed.ok ? parsed.value : undefined) as { notificationItems?: unknown } | null;
  if (!Array.isArray(notification?.notificationItems)) return body;
  const notificationItems = notification.notificationItems.map((each: Each, i) => {
    const item = each?.NotificationRequestItem;
    const hmacSignature = signatureAt(String(item?.additionalData?.hmacSignature), i);
    return {
      NotificationRequestItem: { ...item, additionalData: { ...item?.additionalData, hmacSignature } },
    };
  });
  return Buffer.from(JSON.stringify({ ...notification, notificationItems }));
}
