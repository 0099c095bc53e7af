import type { WebhookScheme } from '../contract/webhook-scheme.ts';
import { answerHandshake, type HandshakeAnswer } from '../core/signature/handshake.ts';
import { type Refusal, type RefusalReason, refusal } from '../core/signature/refusal.ts';
import type { Verified } from '../core/signature/verification.ts';
import { verify } from '../core/signature/verify.ts';
import type { AdmittedRequest } from '../core/webhook/arrived-request.ts';
import { type FenceKeys, groupsOf, type KeyGroup, type KeyLabel } from '../core/webhook/fence-keys.ts';
import { requestFields } from '../core/webhook/log-fields.ts';
import { logLines } from '../core/webhook/log-lines.ts';
import { schemeOf } from '../core/webhook/scheme-of.ts';
import { isMaybeDamaged } from '../core/webhook/utf8-body.ts';
import type { RequestWork } from './work.ts';

export type Authentication =
  | { readonly kind: 'delivery'; readonly verified: Verified; readonly proof: Proof }
  | { readonly kind: 'handshake'; readonly challenge: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** What the key that a request was verified with says. */
export interface Proof {
  /** Whose it is; undefined where tenants have no keys of their own. */
  readonly tenant: string | undefined;
  readonly label: KeyLabel | undefined;
}

/** Whether the partner sent a request, judged as of its receipt. Newer keys are read when none of the cached keys fits. */
export async function authenticateRequest(
  work: RequestWork,
  request: AdmittedRequest,
): Promise<Authentication> {
  const scheme = schemeOf(work.fence);
  const keys = await work.keys.current();
  const first = check(scheme, request, keys);
  if (first.kind !== 'refused' || !dependsOnKeys(first.refusal.reason)) {
    logPreviousSecret(work, request, first);
    return first;
  }
  const newer = await work.keys.newerThan(keys);
  const last = newer ? check(scheme, request, newer) : first;
  if (newer) logPreviousSecret(work, request, last);
  const isUnwritten = last.kind === 'refused' && dependsOnKeys(last.refusal.reason) && work.keys.isGenerated;
  return isUnwritten ? unwritten : last;
}

/** Ours to fix, like a secret that cannot be used: not the sender's fault. */
const unwritten: Authentication = {
  kind: 'refused',
  refusal: refusal('NO_USABLE_SECRET', 'nobody has written the partner’s secret since the stack was created'),
};

/** One tenant's keys after the other's. The refusal that says most is told: a stale signature is not a wrong one. */
function check(scheme: WebhookScheme, request: AdmittedRequest, keys: FenceKeys): Authentication {
  const ends: Authentication[] = [];
  for (const group of groupsOf(keys)) {
    const end = checkGroup(scheme, request, group);
    if (end.kind !== 'refused') return end;
    ends.push(end);
  }
  const telling = ends.find(end => end.kind === 'refused' && !dependsOnKeys(end.refusal.reason));
  return telling ?? ends[0] ?? noKeys;
}

const noKeys: Authentication = {
  kind: 'refused',
  refusal: refusal('NO_USABLE_SECRET', 'the secret holds no key'),
};

function checkGroup(scheme: WebhookScheme, request: AdmittedRequest, group: KeyGroup): Authentication {
  const { secrets, labels, tenant } = group;
  const handshake = answerHandshake(scheme, request, { secrets, receivedAt: request.receivedAt });
  if (handshake) return ofHandshake(handshake);
  const verification = verify(scheme, request, { secrets, receivedAt: request.receivedAt });
  if (!verification.verified) return { kind: 'refused', refusal: explained(verification, request.body) };
  const proof = { tenant, label: labels[verification.secretIndex] };
  return { kind: 'delivery', verified: verification, proof };
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

/** The rotation is not finished while the partner signs with the previous secret. */
function logPreviousSecret(
  { fence, ports }: RequestWork,
  request: AdmittedRequest,
  end: Authentication,
): void {
  if (end.kind === 'delivery' && end.proof.label === 'previous')
    ports.log.info(logLines.previousSecretUsed, {
      ...requestFields(fence, request),
      ...(end.proof.tenant !== undefined && { tenant: end.proof.tenant }),
    });
}
