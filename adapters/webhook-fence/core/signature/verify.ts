import { hash } from 'node:crypto';
import type { SignedScheme, TokenScheme } from '../../contract/webhook-scheme.ts';
import { keyOf } from './key.ts';
import { type Match, matchOf } from './match.ts';
import { valueAt } from './place.ts';
import { isTimeInSignedBody, type Prepared, prepare, timeOfField } from './prepare.ts';
import { isRefusal, type Refusal, refusal } from './refusal.ts';
import type { WebhookRequest } from './request.ts';
import type { Secret } from './secret.ts';
import { checkFreshness, parseTimestamp } from './timestamp.ts';
import { verifyToken } from './token.ts';
import type { Verification, Verified } from './verification.ts';

/** By what a request is judged. */
export interface Criteria {
  readonly secrets: readonly Secret[];
  /** Epoch milliseconds: when the request reached the edge, even if it is verified again later. */
  readonly receivedAt: number;
  /** The certificate or keys that the request names, where the scheme has them read. */
  readonly document?: Secret | undefined;
}

/**
 * Whether the partner sent a request. One valid signature by one of the secrets is enough. No content of a request makes it throw.
 */
export function verify(
  scheme: SignedScheme | TokenScheme,
  request: WebhookRequest,
  criteria: Criteria,
): Verification {
  const { receivedAt } = criteria;
  if (scheme.kind === 'token') return verifyToken(scheme, request, criteria.secrets);
  const secrets = scheme.certificate
    ? [criteria.document].filter(given => given !== undefined)
    : criteria.secrets;
  const isUsable = secrets.some(secret => scheme.signers.some(signer => keyOf(signer, secret)));
  if (!isUsable) return refusal('NO_USABLE_SECRET', 'no secret given is a key of the agreed form');
  const prepared = prepare(scheme, request);
  if (isRefusal(prepared)) return prepared;
  return verifyPrepared(scheme, prepared, { request, secrets, receivedAt });
}

interface VerificationInput extends Criteria {
  readonly request: WebhookRequest;
}

function verifyPrepared(
  scheme: SignedScheme,
  prepared: Prepared,
  { request, secrets, receivedAt }: VerificationInput,
): Verification {
  const matches = prepared.signed.map(signed => matchOf(signed, secrets));
  const [first] = matches;
  if (!first || !matches.every(match => match !== undefined))
    return refusal('SIGNATURE_MISMATCH', 'no signature presented is made with a valid secret');
  const timestamp = trustedTimestamp(scheme, prepared, request);
  if (isRefusal(timestamp)) return { ...timestamp, isSigned: true };
  const stale =
    scheme.timestamp && timestamp !== undefined
      ? checkFreshness(timestamp, scheme.timestamp, receivedAt)
      : undefined;
  const other = notForUs(scheme, request);
  return (
    (other && { ...other, isSigned: true }) ??
    (stale && { ...stale, signedAt: timestamp }) ??
    verified(prepared, { first, matches, timestamp })
  );
}

function trustedTimestamp(
  scheme: SignedScheme,
  prepared: Prepared,
  request: WebhookRequest,
): number | undefined | Refusal {
  const { timestamp } = scheme;
  if (!timestamp || !isTimeInSignedBody(scheme)) return prepared.timestamp;
  const text = timeOfField(timestamp, request);
  return isRefusal(text) ? text : parseTimestamp(text, timestamp.format);
}

function notForUs({ expects = [] }: SignedScheme, request: WebhookRequest): Refusal | undefined {
  for (const { field, is } of expects) {
    const value = valueAt({ field }, request);
    if (isRefusal(value)) return value;
    if (value === undefined || ![is].flat().includes(value))
      return refusal('NOT_FOR_US', `${field} is not one that the contract expects`);
  }
  return undefined;
}

interface Proof {
  readonly first: Match;
  readonly matches: readonly Match[];
  readonly timestamp: number | undefined;
}

function verified(prepared: Prepared, { first, matches, timestamp }: Proof): Verified {
  return {
    verified: true,
    secretIndex: first.secretIndex,
    deliveryId: prepared.id,
    timestamp,
    // Hashed only when used: most deliveries are named by something else.
    get contentHash() {
      return hash('sha256', Buffer.concat(matches.map(match => match.content)));
    },
  };
}
