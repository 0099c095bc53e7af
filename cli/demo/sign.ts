import { headerNames } from '#adapters/webhook-fence/contract/webhook-place.ts';
import type {
  SignedScheme,
  Signer,
  TimeFormat,
  TokenScheme,
} from '#adapters/webhook-fence/contract/webhook-scheme.ts';
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

/** The first of a header's names. */
export const headerName = (names: Parameters<typeof headerNames>[0]): string =>
  itemAt(headerNames(names), 0, 'header');

/**
 * The headers with which the scheme's provider would send a request: id, timestamp and signature, or the token.
 * @throws Error for a scheme whose signatures lie in the items of its body (Adyen): see `signedRequest`.
 */
export function signedHeaders(
  scheme: SignedScheme | TokenScheme,
  keys: SenderKeys,
  request: Unsigned,
): Record<string, string> {
  const id = scheme.id ? { [headerName(scheme.id.header)]: request.id } : {};
  if (scheme.kind === 'signed') return { ...id, ...signatureHeaders(scheme, keys, request) };
  return 'header' in scheme.token
    ? { ...id, [headerName(scheme.token.header)]: tokenText(scheme, keys) }
    : id;
}

/** The token as its provider presents it. */
export const tokenText = (
  { token: { prefix = '', encoding } }: TokenScheme,
  { current }: SenderKeys,
): string => prefix + (encoding === 'base64' ? Buffer.from(current).toString('base64') : current);

/** The time of sending as the scheme's clock writes it. */
export const clockText = (format: TimeFormat | undefined, sentAt: number): string =>
  clocks[format ?? 'seconds'](sentAt);

const clocks: Readonly<Record<TimeFormat, (sentAt: number) => string>> = {
  seconds: sentAt => String(Math.floor(sentAt / 1000)),
  milliseconds: String,
  rfc3339: sentAt => new Date(sentAt).toISOString(),
  'http-date': sentAt => new Date(sentAt).toUTCString(),
};

function signatureHeaders(scheme: SignedScheme, keys: SenderKeys, request: Unsigned): Record<string, string> {
  const { signature, signers, timestamp: rule } = scheme;
  const signer = itemAt(signers, 0, 'signer');
  if (!signature) throw new Error(`${scheme.name} has no header for its signature`);
  const timestamp = clockText(rule?.format, request.sentAt);
  return {
    ...(rule && 'header' in rule.from && { [headerName(rule.from.header)]: timestamp }),
    ...('header' in signature && {
      [headerName(signature.header)]: headerText({ signature, timestamp: rule }, signer, {
        text: signatureText(scheme, keys, request),
        timestamp,
      }),
    }),
  };
}

/** A signature alone, wherever it is put. */
export function signatureText(scheme: SignedScheme, keys: SenderKeys, request: Unsigned): string {
  const timestamp = clockText(scheme.timestamp?.format, request.sentAt);
  return signatureOf(itemAt(scheme.signers, 0, 'signer'), keys, contentBytes(scheme, request, timestamp));
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
