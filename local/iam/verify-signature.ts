import { timingSafeEqual } from 'node:crypto';
import type { Arrived } from '../http-api/arrived.ts';
import { sha256, signatureOf } from './signature-v4.ts';

/** Source: IAM User Guide, "Create a signed AWS API request", and its limit for the age of a signature. */
const skewMillisecondsMax = 5 * 60_000;

interface Signature {
  readonly accessKey: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

export interface SignedFor {
  readonly service: string;
  readonly region: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly secretOf: (accessKey: string) => string | undefined;
}

/** The access key whose secret signed the request (Signature Version 4); undefined when none did, or not this request, here and now. */
export function signerOf(
  arrived: Arrived,
  { service, region, now, secretOf }: SignedFor,
): string | undefined {
  const signature = readSignature(arrived.headers.authorization ?? '');
  if (!signature || signature.service !== service || signature.region !== region) return undefined;
  const secret = secretOf(signature.accessKey);
  const time = arrived.headers['x-amz-date'] ?? '';
  if (secret === undefined || !time.startsWith(signature.date) || !isNear(time, now)) return undefined;
  if (!signature.signedHeaders.includes('host') || !hasStatedHash(arrived)) return undefined;
  const expected = signatureOf(arrived, signature, secret);
  const [given, wanted] = [Buffer.from(signature.signature), Buffer.from(expected)];
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? signature.accessKey : undefined;
}

function readSignature(header: string): Signature | undefined {
  const form =
    /^AWS4-HMAC-SHA256 Credential=([^,/]+)\/(\d{8})\/([^/,]+)\/([^/,]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
  const [whole, accessKey = '', date = '', region = '', service = '', headers = '', signature = ''] =
    form.exec(header) ?? [];
  return whole === undefined
    ? undefined
    : { accessKey, date, region, service, signedHeaders: headers.split(';'), signature };
}

/** `20261120T080000Z` */
function isNear(time: string, now: number): boolean {
  const at = Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  return Math.abs(now - at) <= skewMillisecondsMax;
}

const hasStatedHash = ({ headers, body }: Arrived): boolean =>
  headers['x-amz-content-sha256'] === undefined || headers['x-amz-content-sha256'] === sha256(body);
