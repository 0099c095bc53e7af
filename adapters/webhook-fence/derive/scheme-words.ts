import { code } from '#shared/derive/markdown.ts';
import { duration, enumerated } from '#shared/derive/words.ts';
import type { SignatureEncoding } from '../contract/webhook-encoding.ts';
import { type HeaderNames, headerNames } from '../contract/webhook-place.ts';
import type {
  Algorithm,
  NamedContent,
  SignatureRule,
  SignedScheme,
  Signer,
  TimeFormat,
  TimestampRule,
  TokenScheme,
  WebhookScheme,
} from '../contract/webhook-scheme.ts';
import { type Placeholder, placeholdersOf } from '../contract/webhook-template.ts';
import { jwtInWords, jwtRules } from './jwt-words.ts';

/** How a request is verified, in one line. */
export function schemeInWords(scheme: WebhookScheme): string {
  if (scheme.kind === 'token') return `the secret itself in ${placeInCode(scheme.token)}`;
  if (scheme.kind === 'jwt') return jwtInWords(scheme);
  const names = [...new Set(scheme.signers.map(signer => algorithms[signer.algorithm]))];
  return `${enumerated(names, 'or')} over ${contentInOneLine(scheme)}`;
}

/** How a sender signs, one rule each: the secret, the signed content, the place of the signature, the clock, the id. */
export function signingRules(scheme: WebhookScheme): string[] {
  const rules =
    scheme.kind === 'token'
      ? tokenRules(scheme)
      : scheme.kind === 'jwt'
        ? jwtRules(scheme)
        : signedRules(scheme);
  return [...rules, ...idRule(scheme.id?.header)];
}

const algorithms: Readonly<Record<Algorithm, string>> = {
  'hmac-sha1': 'HMAC-SHA-1',
  'hmac-sha256': 'HMAC-SHA-256',
  'hmac-sha512': 'HMAC-SHA-512',
  sha256: 'SHA-256',
  ed25519: 'Ed25519',
  'ecdsa-p256-sha256': 'ECDSA with P-256 and SHA-256',
  'rsa-sha1': 'RSA with SHA-1',
  'rsa-sha256': 'RSA with SHA-256',
  'rsa-sha512': 'RSA with SHA-512',
};

const encodings: Readonly<Record<SignatureEncoding, string>> = {
  hex: 'lower-case hex',
  'hex-upper': 'upper-case hex',
  base64: 'base64 with its padding',
  base64url: 'base64url',
};

/** `x-acme-id`, or any of several names. */
export const headersInWords = (header: HeaderNames): string =>
  enumerated(headerNames(header).map(code), 'or');

function placeInCode(place: TokenScheme['token'] | SignatureRule): string {
  if ('header' in place) return `the header ${headersInWords(place.header)}`;
  return 'query' in place ? `the query’s ${code(place.query)}` : `the field ${code(place.field)}`;
}

function tokenRules({ token }: TokenScheme): string[] {
  const value = `${token.prefix ?? ''}<${token.encoding === 'base64' ? 'user:password in base64' : 'secret'}>`;
  const shown =
    'header' in token
      ? `the header ${enumerated(
          headerNames(token.header).map(name => code(`${name}: ${value}`)),
          'or',
        )}`
      : `${placeInCode(token)}, as ${code(value)}`;
  return [
    `Secret: ${shown}. Nothing is signed: anyone who knows the secret can send in your name. Send it only over HTTPS and only to this address.`,
  ];
}

const signedRules = (scheme: SignedScheme): string[] => [
  ...(scheme.certificate
    ? [
        `Key: you keep the private one; we read your certificate only from ${enumerated(scheme.certificate.urls.map(code), 'or')}.`,
      ]
    : [...new Set(scheme.signers.map(keyRule))]),
  `Signed: ${contentInWords(scheme)}.`,
  `Signature: ${signatureInWords(scheme)}.`,
  ...(scheme.unsignedBody ? [`The body is not signed: ${scheme.unsignedBody.reason}`] : []),
  ...(scheme.timestamp ? [`Clock: ${clockInWords(scheme.timestamp)}.`] : []),
  ...(scheme.expects ?? []).map(
    ({ field, is }) =>
      `Only deliveries whose field ${code(field)} is ${enumerated([is].flat().map(code), 'or')} are accepted.`,
  ),
];

const idRule = (header: HeaderNames | undefined): string[] =>
  header === undefined ? [] : [`Id: the header ${headersInWords(header)} names the delivery.`];

function keyRule({ algorithm, key }: Signer): string {
  const { encoding = 'utf8', prefix, prefixOptional } = key ?? {};
  const after = prefix ? ` after ${code(prefix)}${prefixOptional ? ' (with or without it)' : ''}` : '';
  const written = `${encoding === 'utf8' ? 'as text' : `in ${encoding}`}${after}`;
  const bytes =
    encoding === 'utf8' ? `; its UTF-8 bytes${key?.hashed ? ', hashed with SHA-1,' : ''} are the key` : '';
  return algorithm.startsWith('hmac') || algorithm === 'sha256'
    ? `Secret for ${algorithms[algorithm]}: shared, written ${written}${bytes}.`
    : `Key for ${algorithms[algorithm]}: you keep the private one; we hold the public one, written ${written}.`;
}

const named: Readonly<Record<NamedContent, string>> = {
  twilio:
    'the address, followed by the form’s fields sorted by name, each name and value without anything between them (with a JSON body: only the address, which contains the body’s SHA-256 in `bodySHA256`)',
  'adyen-payment':
    'for each notification item, the eight fields that Adyen’s documentation names, joined by colons; the signature is in the item’s `additionalData.hmacSignature`',
  'aws-sns': 'names and values of the fields that Amazon’s documentation names, each on a line of its own',
};

const namedInOneLine: Readonly<Record<NamedContent, string>> = {
  twilio: 'the address and the form',
  'adyen-payment': 'the fields of each item',
  'aws-sns': 'the fields of the message',
};

const contentInOneLine = ({ content }: SignedScheme): string =>
  typeof content === 'string' ? code(oneLine(content)) : namedInOneLine[content.named];

const oneLine = (template: string): string => template.replaceAll('\n', '\\n');

function contentInWords(scheme: SignedScheme): string {
  const { content } = scheme;
  if (typeof content !== 'string') return named[content.named];
  const parts = placeholdersOf(content).map(part => `${code(part.written)} is ${partInWords(scheme, part)}`);
  return `${code(oneLine(content))}, where ${enumerated(parts)}`;
}

function partInWords({ id, timestamp }: SignedScheme, { name, of }: Placeholder): string {
  const parts: Readonly<Record<string, string>> = {
    id: `the value of ${headersInWords(id?.header ?? '')}`,
    timestamp: timestamp ? `the time in ${timeInCode(timestamp)}` : '',
    method: 'the method in capitals',
    path: 'path and query of the address as you call it',
    url: 'the address as you call it, with its query',
    decodedUrl: 'the address as you call it, with its query, HubSpot’s list of escapes decoded',
    body: 'the body, byte for byte as sent',
    crc32: 'the CRC-32 of the body, in decimal',
    form: 'the form’s fields sorted by name, each name and value without anything between them',
    header: `the value of the header ${code(of)}`,
    field: `the field ${code(of)}`,
    signedHeaders: `each header that ${code(of)} lists, as ${code('name:value')}, sorted by name and joined by semicolons`,
    secret: 'the secret',
  };
  return parts[name] ?? name;
}

function signatureInWords(scheme: SignedScheme): string {
  const { signature, signers } = scheme;
  const written = enumerated([...new Set(signers.map(({ encoding }) => encodings[encoding]))], 'or');
  if (!signature) return `in ${written}`;
  if (signature.elements) return elementsInWords(scheme, signature, signature.elements);
  const shown = `${signature.prefix ?? ''}<signature>`;
  return 'header' in signature
    ? `${written}, as ${enumerated(
        headerNames(signature.header).map(name => code(`${name}: ${shown}`)),
        'or',
      )}`
    : `${written}, as ${code(shown)} in ${placeInCode(signature)}`;
}

function elementsInWords(
  { signers, timestamp }: SignedScheme,
  place: SignatureRule,
  { separator, assignment }: NonNullable<SignatureRule['elements']>,
): string {
  const clock =
    timestamp && 'element' in timestamp.from ? [`${timestamp.from.element}${assignment}<time>`] : [];
  const elements = [...clock, ...signers.map(({ element }) => `${element}${assignment}<signature>`)].join(
    separator,
  );
  const kinds = signers.map(
    ({ element, algorithm, encoding }) =>
      `${code(element ?? '')} is ${algorithms[algorithm]} in ${encodings[encoding]}`,
  );
  const shown =
    'header' in place
      ? enumerated(
          headerNames(place.header).map(name => code(`${name}: ${elements}`)),
          'or',
        )
      : `${code(elements)} in ${placeInCode(place)}`;
  const choice = signers.length > 1 ? '; one of them is enough' : '';
  return `${shown}, where ${enumerated(kinds)}${choice}; during a change of the secret, the list may contain several`;
}

function timeInCode({ from }: TimestampRule): string {
  if ('header' in from) return `the header ${headersInWords(from.header)}`;
  return 'element' in from ? `the element ${code(from.element)}` : `the body’s field ${code(from.field)}`;
}

const formats: Readonly<Record<TimeFormat, string>> = {
  seconds: 'in seconds since 1970',
  milliseconds: 'in milliseconds since 1970',
  rfc3339: 'as in `2026-11-20T08:00:00Z`',
  'http-date': 'as in `Fri, 20 Nov 2026 08:00:00 GMT`',
};

const clockInWords = (rule: TimestampRule): string =>
  `${timeInCode(rule)} has the time at which you send, ${formats[rule.format]}; it may differ from our clock by at most ${duration(rule.toleranceSeconds)}`;
