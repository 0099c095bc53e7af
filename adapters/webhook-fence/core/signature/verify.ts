import { hash } from 'node:crypto';
import type { SignedScheme, WebhookScheme } from '../../contract/webhook-scheme.ts';
import { bodyTimestamp } from './body-timestamp.ts';
import { keyOf } from './key.ts';
import { type Match, matchOf } from './match.ts';
import { type Prepared, prepare } from './prepare.ts';
import { isRefusal, type Refusal, refusal } from './refusal.ts';
import type { WebhookRequest } from './request.ts';
import type { Secret } from './secret.ts';
import { checkFreshness, epochMilliseconds } from './timestamp.ts';
import { verifyToken } from './token.ts';
import type { Verification, Verified } from './verification.ts';

/** By what a request is judged. */
export interface Criteria {
  readonly secrets: readonly Secret[];
  /** Epoch milliseconds: when the request reached the edge, even if it is verified again later. */
  readonly receivedAt: number;
}

/**
 * Whether the partner sent a request. One valid signature by one of the secrets is enough. No content of a request makes it throw.
 */
export function verify(
  scheme: WebhookScheme,
  request: WebhookRequest,
  { secrets, receivedAt }: Criteria,
): Verification {
  if (scheme.kind === 'token') return verifyToken(scheme, request, secrets);
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
  if (isRefusal(timestamp)) return timestamp;
  const stale =
    scheme.timestamp && timestamp !== undefined
      ? checkFreshness(timestamp, scheme.timestamp, receivedAt)
      : undefined;
  return stale
    ? { ...stale, signedAt: sentAtOf(scheme, timestamp) }
    : verified(scheme, prepared, { first, matches, timestamp });
}

function trustedTimestamp(
  { timestamp }: SignedScheme,
  prepared: Prepared,
  request: WebhookRequest,
): number | undefined | Refusal {
  if (!timestamp || !('bodyField' in timestamp.from)) return prepared.timestamp;
  return bodyTimestamp(request.body, timestamp.from.bodyField);
}

interface Proof {
  readonly first: Match;
  readonly matches: readonly Match[];
  readonly timestamp: number | undefined;
}

function verified(scheme: SignedScheme, prepared: Prepared, { first, matches, timestamp }: Proof): Verified {
  return {
    verified: true,
    secretIndex: first.secretIndex,
    deliveryId: prepared.id,
    isDeliveryIdSigned: typeof scheme.content === 'string' && scheme.content.includes('{id}'),
    timestamp: sentAtOf(scheme, timestamp),
    // Hashed only when used: most deliveries are named by something else.
    get contentHash() {
      return hash('sha256', Buffer.concat(matches.map(match => match.content)));
    },
  };
}

const sentAtOf = ({ timestamp: rule }: SignedScheme, timestamp: number | undefined): number | undefined =>
  rule && timestamp !== undefined ? epochMilliseconds(timestamp, rule.unit) : undefined;
