import type { Refusal } from '../core/signature/refusal.ts';
import { type Answer, type Ending, refuse, unauthenticated, unavailable } from '../core/webhook/answer.ts';
import type { ArrivedRequest, ReceivedRequest } from '../core/webhook/arrived-request.ts';
import { identityOf, requestFields } from '../core/webhook/log-fields.ts';
import { logLines, noKeysCode } from '../core/webhook/log-lines.ts';
import { causeOf } from '../core/webhook/reject-shelf.ts';
import { acceptOnce } from './accept-once.ts';
import { admitRequest } from './admit-request.ts';
import { answerHandshake } from './answer-handshake.ts';
import { type Authentication, authenticateRequest } from './authenticate-request.ts';
import { keepReject } from './keep-reject.ts';
import { NoKeys } from './keys.ts';
import { nameDelivery } from './name-delivery.ts';
import type { NamedDelivery } from './named-delivery.ts';
import { recordOutcome } from './record-outcome.ts';
import { refuseOverQuota } from './refuse-over-quota.ts';
import type { ArrivalWork } from './work.ts';

/** Answers one request on the fence's route and records its outcome. Every failure is answered 503, and nothing is remembered. */
export async function receiveRequest(work: ArrivalWork, arrived: ArrivedRequest): Promise<Answer> {
  const ending = await handleRequest(work, arrived);
  recordOutcome(work, arrived, ending);
  return ending.answer;
}

async function handleRequest(work: ArrivalWork, arrived: ArrivedRequest): Promise<Ending> {
  try {
    const request = admitRequest(work.fence, arrived);
    return 'outcome' in request ? request : await judgeRequest(work, request);
  } catch (error) {
    return failRequest(work, arrived, error);
  }
}

async function judgeRequest(work: ArrivalWork, request: ReceivedRequest): Promise<Ending> {
  const proof = await authenticateRequest(work, request).catch(orKeyFault);
  if (proof instanceof NoKeys) return keepUntilKeys(work, request, proof);
  if (proof.kind === 'handshake') return answerHandshake(work, request, proof.reply);
  return proof.kind === 'refused'
    ? refuseRequest(work, request, proof.refusal)
    : handleDelivery(work, request, proof);
}

function orKeyFault(error: unknown): NoKeys {
  if (error instanceof NoKeys) return error;
  throw error;
}

/** A partner that does not send again would lose the request for an error that is ours. */
async function keepUntilKeys(work: ArrivalWork, request: ReceivedRequest, error: NoKeys): Promise<Ending> {
  const detail = 'the fence has no usable secret';
  await keepReject(work, request, { cause: 'mismatch', reason: noKeysCode, detail });
  return failRequest(work, request, error);
}

function failRequest(
  { fence, ports }: ArrivalWork,
  request: Pick<ReceivedRequest, 'id' | 'headers'>,
  error: unknown,
): Ending {
  ports.log.error(logLines.requestFailed, { ...requestFields(fence, request), error });
  return unavailable(error instanceof NoKeys ? noKeysCode : 'UNAVAILABLE');
}

/** A failure from here on is logged with the delivery's correlation id and trace id. */
async function handleDelivery(
  work: ArrivalWork,
  request: ReceivedRequest,
  delivered: Extract<Authentication, { readonly kind: 'delivery' }>,
): Promise<Ending> {
  const named = nameDelivery(work.fence, request, delivered);
  if ('outcome' in named) return refuseGenuine(work, request, named);
  try {
    return traced(named, (await refuseOverQuota(work, named)) ?? (await acceptOnce(work, named)));
  } catch (error) {
    return traced(named, failDelivery(work, request, { named, error }));
  }
}

/** Kept, because the contract may be what is wrong. */
async function refuseGenuine(work: ArrivalWork, request: ReceivedRequest, ending: Ending): Promise<Ending> {
  const { code = 'REFUSED' } = ending;
  const detail = 'the signature or token is right, but the contract does not accept the request';
  await keepReject(work, request, { cause: 'genuine', reason: code, detail });
  return ending;
}

/** The answer carries the trace of the delivery's events, so that sender and receiver can find each other's records. */
const traced = ({ delivery }: NamedDelivery, { answer, ...ending }: Ending): Ending => ({
  ...ending,
  answer: { ...answer, headers: { ...answer.headers, traceparent: delivery.traceparent } },
});

function failDelivery(
  { fence, ports }: ArrivalWork,
  request: ReceivedRequest,
  { named, error }: { readonly named: NamedDelivery; readonly error: unknown },
): Ending {
  const identity = identityOf(named.delivery);
  ports.log.error(logLines.requestFailed, { ...requestFields(fence, request), ...identity, error });
  return { ...unavailable(), ...identity };
}

/**
 * The answer to a wrong signature is the same for every reason; only the log has the reason. A request without a signature is not kept:
 * no secret can prove it.
 */
async function refuseRequest(work: ArrivalWork, request: ReceivedRequest, refusal: Refusal): Promise<Ending> {
  const { reason, detail } = refusal;
  if (reason !== 'NO_SIGNATURE') await keepReject(work, request, { cause: causeOf(refusal), reason, detail });
  if (reason === 'NO_USABLE_SECRET' || reason === 'KEYS_UNREACHABLE') return unavailable(noKeysCode);
  if (reason === 'MALFORMED_HANDSHAKE')
    return refuse(400, {
      code: reason,
      detail: 'The handshake does not follow the provider’s documentation.',
    });
  return { ...unauthenticated(), code: reason };
}
