import { probeMethodsOf, statusRoute } from '../contract/webhook-fence.ts';
import { type Answer, answerProbe, refuse } from '../core/webhook/answer.ts';
import type { ArrivedRequest } from '../core/webhook/arrived-request.ts';
import { receiveRequest } from './receive-request.ts';
import { recordOutcome } from './record-outcome.ts';
import { tellStatus } from './tell-status.ts';
import type { ArrivalWork } from './work.ts';

/**
 * Answers deliveries, probes and status questions, and refuses everything else. The route that the gateway chose decides: the path may
 * begin with a stage or a mapping key, which the gateway leaves out when it chooses.
 */
export async function routeRequest(work: ArrivalWork, request: ArrivedRequest): Promise<Answer> {
  const { fence } = work;
  const { method, routeKey, pathParameters } = request;
  if (probeMethodsOf(fence).some(probe => routeKey === `${probe} ${fence.route}`)) {
    const ending = answerProbe(fence, method);
    recordOutcome(work, request, ending);
    return ending.answer;
  }
  if (routeKey.endsWith(` ${fence.route}`)) return receiveRequest(work, request);
  if (routeKey === `GET ${statusRoute(fence)}`)
    return tellStatus(work, request, pathParameters.correlationId ?? '');
  const ending = refuse(404, { code: 'NOT_FOUND', detail: 'There is nothing at this path.' });
  recordOutcome(work, request, ending);
  return ending.answer;
}
