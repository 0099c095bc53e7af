import { code } from '#shared/derive/markdown.ts';
import { duration, enumerated } from '#shared/derive/words.ts';
import type {
  Algorithm,
  SignatureEncoding,
  SignedScheme,
  Signer,
  TimestampRule,
  TokenScheme,
  WebhookScheme,
} from '../contract/webhook-scheme.ts';

/** How a request is verified, in one line. */
export const schemeInWords = (scheme: WebhookScheme): string =>
  scheme.kind === 'token'
    ? `the secret itself in the header ${code(scheme.token.header)}`
    : `${enumerated([...new Set(scheme.signers.map(signer => algorithms[signer.algorithm]))], 'or')} over ${contentInOneLine(scheme)}`;

/** How a sender signs, one rule each: the secret, the signed content, the place of the signature, the clock, the id. */
export const signingRules = (scheme: WebhookScheme): string[] =>
  scheme.kind === 'token' ? tokenRules(scheme) : signedRules(scheme);

const algorithms: Readonly<Record<Algorithm, string>> = {
  'hmac-sha1': 'HMAC-SHA-1',
  'hmac-sha256': 'HMAC-SHA-256',
  'hmac-sha512': 'HMAC-SHA-512',
  ed25519: 'Ed25519',
  'ecdsa-p256-sha256': 'ECDSA with P-256 and SHA-256',
};

const encodings: Readonly<Record<SignatureEncoding, string>> = {
  hex: 'lower-case hex',
  'hex-upper': 'upper-case hex',
  base64: 'base64 with its padding',
  base64url: 'base64url',
};

const tokenRules = ({ token, id }: TokenScheme): string[] => [
  `Secret: the header ${code(`${token.header}: ${token.prefix ?? ''}<${token.encoding === 'base64' ? 'user:password in base64' : 'secret'}>`)}. Nothing is signed: anyone who knows the secret can send in your name. Send it only over HTTPS and only to this address.`,
  ...idRule(id?.header),
];

const signedRules = (scheme: SignedScheme): string[] => [
  ...scheme.signers.map(keyRule),
  `Signed: ${contentInWords(scheme)}.`,
  `Signature: ${signatureInWords(scheme)}.`,
  ...(scheme.timestamp ? [`Clock: ${clockInWords(scheme.timestamp)}.`] : []),
  ...idRule(scheme.id?.header),
];

const idRule = (header: string | undefined): string[] =>
  header === undefined ? [] : [`Id: the header ${code(header)} names the delivery.`];

function keyRule({ algorithm, key }: Signer): string {
  const { encoding = 'utf8', prefix } = key ?? {};
  const written = `${encoding === 'utf8' ? 'as text' : `in ${encoding}`}${prefix ? ` after ${code(prefix)}` : ''}`;
  return algorithm.startsWith('hmac')
    ? `Secret for ${algorithms[algorithm]}: shared, written ${written}${encoding === 'utf8' ? '; its UTF-8 bytes are the key' : ''}.`
    : `Key for ${algorithms[algorithm]}: you keep the private one; we hold the public one, written ${written}.`;
}

const named = {
  twilio:
    'the address, followed by the form’s fields sorted by name, each name and value without anything between them (with a JSON body: only the address, which contains the body’s SHA-256 in `bodySHA256`)',
  'adyen-payment':
    'for each notification item, the eight fields that Adyen’s documentation names, joined by colons; the signature is in the item’s `additionalData.hmacSignature`',
} as const;

const contentInOneLine = ({ content }: SignedScheme): string =>
  typeof content === 'string'
    ? code(content)
    : content.named === 'twilio'
      ? 'the address and the form'
      : 'the fields of each item';

function contentInWords(scheme: SignedScheme): string {
  const { content } = scheme;
  if (typeof content !== 'string') return named[content.named];
  const parts = [...content.matchAll(/\{([a-zA-Z]+)\}/g)].map(
    ([part, name = '']) => `${code(part)} is ${partInWords(scheme, name)}`,
  );
  return `${code(content)}, where ${enumerated(parts)}`;
}

function partInWords({ id, timestamp }: SignedScheme, name: string): string {
  const parts: Readonly<Record<string, string>> = {
    id: `the value of ${code(id?.header ?? '')}`,
    timestamp: timestamp ? `the time in ${placeOf(timestamp)}` : '',
    method: 'the method in capitals',
    url: 'the address as you call it, with its query',
    decodedUrl: 'the address as you call it, with its query, HubSpot’s list of escapes decoded',
    body: 'the body, byte for byte as sent',
    form: 'the form’s fields sorted by name, each name and value without anything between them',
  };
  return parts[name] ?? name;
}

function signatureInWords({ signature, signers, timestamp }: SignedScheme): string {
  const [first] = signers.map(({ encoding }) => encodings[encoding]);
  if (!signature) return `in ${first}`;
  if (!signature.elements)
    return `${first}, as ${code(`${signature.header}: ${signature.prefix ?? ''}<signature>`)}`;
  const { separator, assignment } = signature.elements;
  const clock =
    timestamp && 'element' in timestamp.from ? [`${timestamp.from.element}${assignment}<time>`] : [];
  const elements = [...clock, ...signers.map(({ element }) => `${element}${assignment}<signature>`)];
  const kinds = signers.map(
    ({ element, algorithm, encoding }) =>
      `${code(element ?? '')} is ${algorithms[algorithm]} in ${encodings[encoding]}`,
  );
  const choice = signers.length > 1 ? '; one of them is enough' : '';
  return `${code(`${signature.header}: ${elements.join(separator)}`)}, where ${enumerated(kinds)}${choice}; during a change of the secret, the list may contain several`;
}

function placeOf({ from }: TimestampRule): string {
  if ('header' in from) return `the header ${code(from.header)}`;
  return 'element' in from ? `the element ${code(from.element)}` : `the body’s field ${code(from.bodyField)}`;
}

const clockInWords = (rule: TimestampRule): string =>
  `${placeOf(rule)} has the time at which you send, in ${rule.unit} since 1970; it may differ from our clock by at most ${duration(rule.toleranceSeconds)}`;
