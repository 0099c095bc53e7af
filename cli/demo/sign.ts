import type { SignedScheme, Signer, WebhookScheme } from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import { contentOf } from '#adapters/webhook-fence/core/signature/content.ts';
import { isRefusal } from '#adapters/webhook-fence/core/signature/refusal.ts';
import { twilioContents } from '#adapters/webhook-fence/core/signature/twilio.ts';
import { itemAt } from '#shared/contract/item-at.ts';
import { type SenderKeys, signatureOf } from './signature-of.ts';

export interface Unsigned {
  /** The address as the partner calls it. */
  readonly url: string;
  readonly body: Uint8Array;
  readonly id: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
}

/**
 * The headers with which the scheme's provider would send a request: id, timestamp and signature, or the token.
 * @throws Error for a scheme whose signature lies in the body (Adyen): see `signedRequest`.
 */
export function signedHeaders(
  scheme: WebhookScheme,
  keys: SenderKeys,
  request: Unsigned,
): Record<string, string> {
  const id = scheme.id ? { [scheme.id.header]: request.id } : {};
  if (scheme.kind === 'signed') return { ...id, ...signatureHeaders(scheme, keys, request) };
  const { header, prefix = '', encoding } = scheme.token;
  const token = encoding === 'base64' ? Buffer.from(keys.current).toString('base64') : keys.current;
  return { ...id, [header]: prefix + token };
}

/** The time of sending as the scheme's clock writes it. */
export const clockText = (unit: 'seconds' | 'milliseconds' | undefined, sentAt: number): string =>
  String(unit === 'milliseconds' ? sentAt : Math.floor(sentAt / 1000));

function signatureHeaders(scheme: SignedScheme, keys: SenderKeys, request: Unsigned): Record<string, string> {
  const { signature, signers, timestamp: rule } = scheme;
  const signer = itemAt(signers, 0, 'signer');
  if (!signature) throw new Error(`${scheme.name} has no header for its signature`);
  const timestamp = clockText(rule?.unit, request.sentAt);
  const text = signatureOf(signer, keys, contentBytes(scheme, request, timestamp));
  return {
    ...(rule && 'header' in rule.from && { [rule.from.header]: timestamp }),
    [signature.header]: headerText({ signature, timestamp: rule }, signer, { text, timestamp }),
  };
}

function contentBytes({ content }: SignedScheme, unsigned: Unsigned, timestamp: string): Uint8Array {
  const { url, body, id } = unsigned;
  const request = { method: 'POST', url, headers: {}, body };
  const bytes =
    typeof content === 'string' ? contentOf(content, request, { id, timestamp }) : twilioContents(request);
  if (isRefusal(bytes)) throw new Error(bytes.detail);
  return 'byteLength' in bytes ? bytes : itemAt(bytes, 0, 'content');
}

type HeaderSignature = { readonly signature: NonNullable<SignedScheme['signature']> };

function headerText(
  { signature, timestamp: rule }: Pick<SignedScheme, 'timestamp'> & HeaderSignature,
  { element = '' }: Signer,
  { text, timestamp }: { readonly text: string; readonly timestamp: string },
): string {
  const { elements, prefix = '' } = signature;
  if (!elements) return prefix + text;
  const pair = (name: string, value: string) => name + elements.assignment + value;
  const from = rule?.from;
  const clock = from && 'element' in from ? [pair(from.element, timestamp)] : [];
  return [...clock, pair(element, text)].join(elements.separator);
}
