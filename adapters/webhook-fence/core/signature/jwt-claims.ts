import { limits } from '#shared/contract/limits.ts';
import type { JwtScheme } from '../../contract/webhook-scheme.ts';
import { parseStrictJson } from '../json/strict-json.ts';
import { readPointer } from '../webhook/pointer.ts';
import { bodyMismatch } from './jwt-body.ts';
import { isRefusal, type Refusal, refusal } from './refusal.ts';
import { checkFreshness } from './timestamp.ts';

/**
 * When a token was issued (epoch milliseconds), if its claims (RFC 7519) are what the contract expects and the time of receipt is right.
 * Its signature was checked before. The time comes last: a request in which only that is wrong can be released.
 */
export function issuedAtOf(
  scheme: JwtScheme,
  {
    payload,
    body,
    receivedAt,
  }: { readonly payload: Uint8Array; readonly body: Uint8Array; readonly receivedAt: number },
): number | undefined | Refusal {
  const parsed = parseStrictJson(payload);
  if (!parsed.ok || typeof parsed.value !== 'object' || parsed.value === null)
    return refusal('MALFORMED_SIGNATURE', 'the payload of the token is no JSON object');
  const values = parsed.value as Record<string, unknown>;
  const times = timesOf(values);
  if (isRefusal(times)) return times;
  const issuedAt = times.iat === undefined ? undefined : times.iat * 1000;
  const untimely = untimelyRefusal(scheme, times, receivedAt);
  return (
    otherClaim(scheme, values) ??
    bodyMismatch(scheme, values, body) ??
    (untimely && { ...untimely, signedAt: issuedAt }) ??
    issuedAt
  );
}

type Times = Readonly<Partial<Record<'iat' | 'nbf' | 'exp', number>>>;

function timesOf(values: Readonly<Record<string, unknown>>): Times | Refusal {
  const times: Record<string, number> = {};
  for (const name of ['iat', 'nbf', 'exp']) {
    const value = values[name];
    if (value === undefined) continue;
    if (typeof value !== 'number' || !(value > 0 && value < 1e11))
      return refusal('MALFORMED_TIMESTAMP', `the claim ${name} is no time in seconds`);
    times[name] = value;
  }
  return times;
}

/** For clocks that differ. RFC 7519 leaves room for "a few minutes". */
const leewaySeconds = limits.webhookTokenLeewaySeconds;

function untimelyRefusal(
  { toleranceSeconds }: JwtScheme,
  { iat, nbf, exp }: Times,
  receivedAt: number,
): Refusal | undefined {
  const now = receivedAt / 1000;
  if (exp !== undefined && now >= exp + leewaySeconds)
    return refusal('TIMESTAMP_TOO_OLD', 'the token had expired when it was received');
  if (nbf !== undefined && now < nbf - leewaySeconds)
    return refusal('TIMESTAMP_IN_FUTURE', 'the token was not valid yet when it was received');
  if (toleranceSeconds === undefined) return undefined;
  if (iat === undefined) return refusal('NO_TIMESTAMP', 'the token has no iat');
  return checkFreshness(iat * 1000, { format: 'seconds', toleranceSeconds }, receivedAt);
}

/** `aud` may be a list; one of its values is enough. A name that begins with a slash is a pointer into the payload. */
function otherClaim(
  { claims = {} }: JwtScheme,
  values: Readonly<Record<string, unknown>>,
): Refusal | undefined {
  for (const [name, wanted] of Object.entries(claims)) {
    const found = name.startsWith('/') ? readPointer(values, name) : ownValue(values, name);
    const given: readonly unknown[] = name === 'aud' && Array.isArray(found) ? found : [found];
    if (!given.some(value => ([wanted].flat() as readonly unknown[]).includes(value)))
      return refusal('NOT_FOR_US', `the claim ${name} is not one that the contract expects`);
  }
  return undefined;
}

const ownValue = (values: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.hasOwn(values, name) ? values[name] : undefined;
