import { createHmac, sign as signAsymmetric } from 'node:crypto';
import type { SignedScheme, Signer, WebhookScheme } from '../../shared/contract/webhook-scheme.ts';
import { contentOf } from '../../shared/core/signature/content.ts';
import { keyOf } from '../../shared/core/signature/key.ts';
import { isRefusal } from '../../shared/core/signature/refusal.ts';

/** What a sender has: the secret, and where it signs with a private key, that one (PEM). */
export interface SenderKeys {
  readonly current: string;
  readonly signingKey?: string;
}

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
 * @throws Error for the two schemes that no template can say (Twilio, Adyen): use the provider's own library.
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

function signatureHeaders(scheme: SignedScheme, keys: SenderKeys, request: Unsigned): Record<string, string> {
  const { content, signature, signers, timestamp: rule } = scheme;
  if (typeof content !== 'string' || !signature) throw new Error(`${scheme.name} is not signed here`);
  const sent = rule?.unit === 'milliseconds' ? request.sentAt : Math.floor(request.sentAt / 1000);
  const timestamp = String(sent);
  const { url, body, id } = request;
  const bytes = contentOf(content, { method: 'POST', url, headers: {}, body }, { id, timestamp });
  if (isRefusal(bytes)) throw new Error(bytes.detail);
  const signer = signers[0]!;
  const text = signatureOf(signer, keys, bytes);
  return {
    ...(rule && 'header' in rule.from && { [rule.from.header]: timestamp }),
    [signature.header]: headerText(scheme, signer, text, timestamp),
  };
}

function signatureOf(signer: Signer, keys: SenderKeys, content: Uint8Array): string {
  const encoding = signer.encoding === 'hex-upper' ? 'hex' : signer.encoding;
  const text = rawSignature(signer, keys, content).toString(encoding);
  return signer.encoding === 'hex-upper' ? text.toUpperCase() : text;
}

function rawSignature(signer: Signer, { current, signingKey }: SenderKeys, content: Uint8Array): Buffer {
  if (signingKey)
    return signAsymmetric(signer.algorithm === 'ed25519' ? null : 'sha256', content, signingKey);
  const key = keyOf(signer, { value: current });
  if (key?.kind !== 'shared') throw new Error(`the secret is no key for ${signer.algorithm}`);
  return createHmac(signer.algorithm.slice('hmac-'.length), key.bytes).update(content).digest();
}

function headerText(
  { signature, timestamp }: SignedScheme,
  { element }: Signer,
  text: string,
  sent: string,
): string {
  const { elements, prefix = '' } = signature!;
  if (!elements) return prefix + text;
  const pair = (name: string, value: string) => name + elements.assignment + value;
  const from = timestamp?.from;
  const clock = from && 'element' in from ? [pair(from.element, sent)] : [];
  return [...clock, pair(element!, text)].join(elements.separator);
}
