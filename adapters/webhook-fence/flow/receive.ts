import type { Refusal } from '../core/signature/refusal.ts';
import {
  type Answer,
  type Ending,
  jsonAnswer,
  refuse,
  unauthenticated,
  unavailable,
} from '../core/webhook/answer.ts';
import type { AdmittedRequest, ArrivedRequest } from '../core/webhook/arrived-request.ts';
import { acceptDelivery } from './accept-delivery.ts';
import { admit } from './admit.ts';
import { authenticate } from './authenticate.ts';
import { keepReject } from './keep-reject.ts';
import { NoKeys } from './keys.ts';
import { settled } from './settled.ts';
import type { ArrivalWork } from './work.ts';

/** Takes one request on the fence's route to its answer. Whatever fails on the way is answered 503, and nothing is remembered. */
export async function receive(work: ArrivalWork, arrived: ArrivedRequest): Promise<Answer> {
  const ending = await endOf(work, arrived);
  settled(work, ending, arrived.id);
  return ending.answer;
}

async function endOf(work: ArrivalWork, arrived: ArrivedRequest): Promise<Ending> {
  try {
    const request = admit(work.fence, arrived);
    return 'outcome' in request ? request : await take(work, request);
  } catch (error) {
    work.ports.log.error('request failed', { integration: work.fence.id, requestId: arrived.id, error });
    return unavailable(error instanceof NoKeys ? 'NO_KEYS' : 'UNAVAILABLE');
  }
}

async function take(work: ArrivalWork, request: AdmittedRequest): Promise<Ending> {
  const proof = await authenticate(work, request);
  if (proof.kind === 'delivery') return acceptDelivery(work, request, proof.verified);
  if (proof.kind === 'handshake') return answerChallenge(proof.challenge);
  return refused(work, request, proof.refusal);
}

/** The answer to a signature is the same whatever its reason; the log knows it. */
async function refused(work: ArrivalWork, request: AdmittedRequest, refusal: Refusal): Promise<Ending> {
  const { reason } = refusal;
  await keepReject(work, request, refusal);
  if (reason === 'NO_USABLE_SECRET') return unavailable('NO_KEYS');
  if (reason === 'MALFORMED_HANDSHAKE')
    return refuse(400, reason, 'The handshake is not written as its provider says.');
  return { ...unauthenticated(), code: reason };
}

/** No event comes of it: skipped by the scheme's own rule. */
const answerChallenge = (challenge: string): Ending => ({
  answer: jsonAnswer(200, challenge, { 'content-type': 'text/plain' }),
  outcome: 'skipped',
  code: 'HANDSHAKE',
});
