import type { Handshake } from '../../contract/webhook-handshake.ts';
import type { WebhookScheme } from '../../contract/webhook-scheme.ts';
import { handshakeIn } from './handshake.ts';
import { type HandshakeReply, hasHandshakeToken, replyTo } from './handshake-answer.ts';
import { isRefusal, type Refusal } from './refusal.ts';
import type { WebhookRequest } from './request.ts';
import type { Verification, Verified } from './verification.ts';
import { type Criteria, verify } from './verify.ts';

/** What a request is. */
export type Judgement =
  | { readonly kind: 'delivery'; readonly verified: Verified }
  | { readonly kind: 'handshake'; readonly reply: HandshakeReply }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Verifies a request by the scheme, whichever kind it is. It reads nothing but what it is given. */
export async function judge(
  scheme: WebhookScheme,
  request: WebhookRequest,
  criteria: Criteria,
): Promise<Judgement> {
  const handshake = handshakeIn(scheme, request);
  if (isRefusal(handshake)) return { kind: 'refused', refusal: handshake };
  const asked = { request, secrets: criteria.secrets };
  if (handshake && handshake.proof !== 'scheme')
    return judgeHandshake(handshake, { ...asked, secretIndex: undefined });
  const proof = await verifyRequest(scheme, request, criteria);
  if (!proof.verified) return { kind: 'refused', refusal: proof };
  return handshake
    ? judgeHandshake(handshake, { ...asked, secretIndex: proof.secretIndex })
    : { kind: 'delivery', verified: proof };
}

/** What reads tokens is loaded for schemes that have them: it would take a part of every other fence's cold start. */
export const verifyRequest = async (
  scheme: WebhookScheme,
  request: WebhookRequest,
  criteria: Criteria,
): Promise<Verification> =>
  scheme.kind === 'jwt'
    ? (await import('./jwt.ts')).verifyJwt(scheme, request, criteria)
    : verify(scheme, request, criteria);

function judgeHandshake(handshake: Handshake, asked: Parameters<typeof replyTo>[1]): Judgement {
  const { proof } = handshake;
  const isProven = typeof proof === 'string' ? true : hasHandshakeToken(proof.token, asked);
  const reply = isProven === true ? replyTo(handshake, asked) : isProven;
  return isRefusal(reply) ? { kind: 'refused', refusal: reply } : { kind: 'handshake', reply };
}
