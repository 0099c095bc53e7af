import type { WebhookScheme } from '../contract/webhook-scheme.ts';
import { answerHandshake, type HandshakeAnswer } from '../core/signature/handshake.ts';
import type { Refusal, RefusalReason } from '../core/signature/refusal.ts';
import type { WebhookRequest } from '../core/signature/request.ts';
import type { Secret } from '../core/signature/secret.ts';
import type { Verified } from '../core/signature/verification.ts';
import { verify } from '../core/signature/verify.ts';
import type { FenceKeys } from '../core/webhook/fence-keys.ts';
import { schemeOf } from '../core/webhook/scheme-of.ts';
import type { RequestWork } from './work.ts';

export type Authenticated =
  | { readonly kind: 'delivery'; readonly verified: Verified }
  | { readonly kind: 'handshake'; readonly challenge: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Whether a request is its partner's own, as of its receipt. Newer keys are asked for when none of those at hand fits. */
export async function authenticate(
  work: RequestWork,
  request: WebhookRequest & { readonly receivedAt: number },
): Promise<Authenticated> {
  const scheme = schemeOf(work.fence);
  const keys = await work.keys.current();
  const first = check(scheme, request, keys.secrets);
  if (first.kind !== 'refused' || !mayBeOurKeys(first.refusal.reason)) return told(work, keys, first);
  const newer = await work.keys.newerThan(keys);
  return newer ? told(work, newer, check(scheme, request, newer.secrets)) : first;
}

function check(
  scheme: WebhookScheme,
  request: WebhookRequest & { readonly receivedAt: number },
  secrets: readonly Secret[],
): Authenticated {
  const handshake = answerHandshake(scheme, request, secrets, request.receivedAt);
  if (handshake) return ofHandshake(handshake);
  const verification = verify(scheme, request, secrets, request.receivedAt);
  return verification.verified
    ? { kind: 'delivery', verified: verification }
    : { kind: 'refused', refusal: verification };
}

const ofHandshake = (answer: HandshakeAnswer | Refusal): Authenticated =>
  'challenge' in answer
    ? { kind: 'handshake', challenge: answer.challenge }
    : { kind: 'refused', refusal: answer };

/** Refusals that another secret would turn into a pass. */
const mayBeOurKeys = (reason: RefusalReason): boolean =>
  reason === 'SIGNATURE_MISMATCH' || reason === 'NO_USABLE_SECRET';

/** A partner that still signs with the previous secret shows that rotation is not done. */
function told({ fence, ports }: RequestWork, { labels }: FenceKeys, end: Authenticated): Authenticated {
  if (end.kind === 'delivery' && labels[end.verified.secretIndex] === 'previous')
    ports.log.info('previous secret used', { integration: fence.id });
  return end;
}
