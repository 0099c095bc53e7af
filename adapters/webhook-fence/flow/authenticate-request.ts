import type { WebhookScheme } from '../contract/webhook-scheme.ts';
import { answerHandshake, type HandshakeAnswer } from '../core/signature/handshake.ts';
import { type Refusal, type RefusalReason, refusal } from '../core/signature/refusal.ts';
import type { Secret } from '../core/signature/secret.ts';
import type { Verified } from '../core/signature/verification.ts';
import { verify } from '../core/signature/verify.ts';
import type { AdmittedRequest } from '../core/webhook/arrived-request.ts';
import type { FenceKeys } from '../core/webhook/fence-keys.ts';
import { requestFields } from '../core/webhook/log-fields.ts';
import { logLines } from '../core/webhook/log-lines.ts';
import { schemeOf } from '../core/webhook/scheme-of.ts';
import { isMaybeDamaged } from '../core/webhook/utf8-body.ts';
import type { RequestWork } from './work.ts';

export type Authentication =
  | { readonly kind: 'delivery'; readonly verified: Verified }
  | { readonly kind: 'handshake'; readonly challenge: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Whether the partner sent a request, judged as of its receipt. Newer keys are read when none of the cached keys fits. */
export async function authenticateRequest(
  work: RequestWork,
  request: AdmittedRequest,
): Promise<Authentication> {
  const scheme = schemeOf(work.fence);
  const keys = await work.keys.current();
  const first = check(scheme, request, keys.secrets);
  if (first.kind !== 'refused' || !dependsOnKeys(first.refusal.reason)) {
    logPreviousSecret(work, request, isByPrevious(keys, first));
    return first;
  }
  const newer = await work.keys.newerThan(keys);
  const last = newer ? check(scheme, request, newer.secrets) : first;
  if (newer) logPreviousSecret(work, request, isByPrevious(newer, last));
  const isUnwritten = last.kind === 'refused' && dependsOnKeys(last.refusal.reason) && work.keys.isGenerated;
  return isUnwritten ? unwritten : last;
}

/** Ours to fix, like a secret that cannot be used: not the sender's fault. */
const unwritten: Authentication = {
  kind: 'refused',
  refusal: refusal('NO_USABLE_SECRET', 'nobody has written the partner’s secret since the stack was created'),
};

function check(scheme: WebhookScheme, request: AdmittedRequest, secrets: readonly Secret[]): Authentication {
  const handshake = answerHandshake(scheme, request, { secrets, receivedAt: request.receivedAt });
  if (handshake) return ofHandshake(handshake);
  const verification = verify(scheme, request, { secrets, receivedAt: request.receivedAt });
  return verification.verified
    ? { kind: 'delivery', verified: verification }
    : { kind: 'refused', refusal: explained(verification, request.body) };
}

/** A signature over bytes that the gateway replaced never matches. */
const explained = (refusal: Refusal, body: Uint8Array): Refusal =>
  refusal.reason === 'SIGNATURE_MISMATCH' && isMaybeDamaged(body)
    ? { ...refusal, detail: `${refusal.detail}; ${damaged}` }
    : refusal;

const damaged = 'the body holds U+FFFD, by which API Gateway replaces bytes of a text that are not UTF-8';

const ofHandshake = (answer: HandshakeAnswer | Refusal): Authentication =>
  'challenge' in answer
    ? { kind: 'handshake', challenge: answer.challenge }
    : { kind: 'refused', refusal: answer };

/** Refusals that could pass with another secret. */
const dependsOnKeys = (reason: RefusalReason): boolean =>
  reason === 'SIGNATURE_MISMATCH' || reason === 'NO_USABLE_SECRET';

const isByPrevious = ({ labels }: FenceKeys, end: Authentication): boolean =>
  end.kind === 'delivery' && labels[end.verified.secretIndex] === 'previous';

/** The rotation is not finished while the partner signs with the previous secret. */
function logPreviousSecret(
  { fence, ports }: RequestWork,
  request: AdmittedRequest,
  isPrevious: boolean,
): void {
  if (isPrevious) ports.log.info(logLines.previousSecretUsed, requestFields(fence, request));
}
