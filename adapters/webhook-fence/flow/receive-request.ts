import type { Refusal } from '../core/signature/refusal.ts';
import type { Verified } from '../core/signature/verification.ts';
import { type Answer, type Ending, refuse, unauthenticated, unavailable } from '../core/webhook/answer.ts';
import type { AdmittedRequest, ArrivedRequest } from '../core/webhook/arrived-request.ts';
import { identityOf, requestFields } from '../core/webhook/log-fields.ts';
import { logLines, noKeysCode } from '../core/webhook/log-lines.ts';
import { acceptOnce } from './accept-once.ts';
import { admitRequest } from './admit-request.ts';
import { answerHandshake } from './answer-handshake.ts';
import { authenticateRequest } from './authenticate-request.ts';
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
    if ('outcome' in request) return request;
    const proof = await authenticateRequest(work, request);
    if (proof.kind === 'handshake') return await answerHandshake(work, request, proof.reply);
    if (proof.kind === 'refused') return await refuseRequest(work, request, proof.refusal);
    return await handleDelivery(work, request, proof.verified);
  } catch (error) {
    work.ports.log.error(logLines.requestFailed, { ...requestFields(work.fence, arrived), error });
    return unavailable(error instanceof NoKeys ? noKeysCode : 'UNAVAILABLE');
  }
}

/** A failure from here on is logged with the delivery's correlation id and trace id. */
async function handleDelivery(
  work: ArrivalWork,
  request: AdmittedRequest,
  verified: Verified,
): Promise<Ending> {
  const named = nameDelivery(work.fence, request, verified);
  if ('outcome' in named) return named;
  try {
    return traced(named, (await refuseOverQuota(work, named.tenant)) ?? (await acceptOnce(work, named)));
  } catch (error) {
    return traced(named, failDelivery(work, request, { named, error }));
  }
}

/** The answer carries the trace of the delivery's events, so that sender and receiver can find each other's records. */
const traced = ({ delivery }: NamedDelivery, { answer, ...ending }: Ending): Ending => ({
  ...ending,
  answer: { ...answer, headers: { ...answer.headers, traceparent: delivery.traceparent } },
});

function failDelivery(
  { fence, ports }: ArrivalWork,
  request: AdmittedRequest,
  { named, error }: { readonly named: NamedDelivery; readonly error: unknown },
): Ending {
  const identity = identityOf(named.delivery);
  ports.log.error(logLines.requestFailed, { ...requestFields(fence, request), ...identity, error });
  return { ...unavailable(), ...identity };
}

/** The answer to a wrong signature is the same for every reason; only the log has the reason. */
async function refuseRequest(work: ArrivalWork, request: AdmittedRequest, refusal: Refusal): Promise<Ending> {
  const { reason } = refusal;
  await keepReject(work, request, refusal);
  if (reason === 'NO_USABLE_SECRET' || reason === 'KEYS_UNREACHABLE') return unavailable(noKeysCode);
  if (reason === 'MALFORMED_HANDSHAKE')
    return refuse(400, {
      code: reason,
      detail: 'The handshake does not follow the provider’s documentation.',
    });
  return { ...unauthenticated(), code: reason };
}
