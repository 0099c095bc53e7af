import { createHash, createHmac } from 'node:crypto';

/** What of a request is signed. */
export interface SignedParts {
  readonly method: string;
  /** As it is sent: percent-encoded, without the query. */
  readonly path: string;
  /** As it is sent, without the question mark. */
  readonly query: string;
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export interface Scope {
  /** `20261120` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/**
 * Signature Version 4 of the headers named, in the order of their names. The header `x-amz-date` has the time. Source: IAM User
 * Guide, "Create a signed AWS API request". Not for S3, whose paths are encoded once.
 */
export function signatureOf(
  parts: SignedParts,
  { date, region, service, signedHeaders }: Scope & { readonly signedHeaders: readonly string[] },
  secret: string,
): string {
  const scope = [date, region, service, 'aws4_request'];
  const request = sha256(canonicalRequest(parts, signedHeaders));
  const text = ['AWS4-HMAC-SHA256', parts.headers['x-amz-date'], scope.join('/'), request].join('\n');
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return hmac(key, text).toString('hex');
}

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

const canonicalRequest = (
  { method, path, query, headers, body }: SignedParts,
  signedHeaders: readonly string[],
): string =>
  [
    method,
    escaped(path).replaceAll('%2F', '/'),
    canonicalQuery(query),
    ...signedHeaders.map(name => `${name}:${(headers[name] ?? '').trim().replaceAll(/\s+/g, ' ')}`),
    '',
    signedHeaders.join(';'),
    sha256(body),
  ].join('\n');

const canonicalQuery = (query: string): string =>
  query
    .split('&')
    .filter(pair => pair !== '')
    .map(pair => {
      const [name = '', ...value] = pair.split('=');
      return `${escaped(decodeURIComponent(name))}=${escaped(decodeURIComponent(value.join('=')))}`;
    })
    .sort()
    .join('&');

/** Percent-encoded by RFC 3986. */
const escaped = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
