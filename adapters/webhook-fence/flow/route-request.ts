import { statusRoute } from '../contract/webhook-fence.ts';
import { type Answer, refuse } from '../core/webhook/answer.ts';
import type { ArrivedRequest } from '../core/webhook/arrived-request.ts';
import { receive } from './receive.ts';
import { settled } from './settled.ts';
import { tellStatus } from './tell-status.ts';
import type { ArrivalWork } from './work.ts';

/**
 * Deliveries, questions after them, and nothing else. Told apart by the route that the gateway chose: the path may have a
 * stage or a mapping key before it, which the gateway leaves out when it chooses.
 */
export async function routeRequest(work: ArrivalWork, request: ArrivedRequest): Promise<Answer> {
  const { fence } = work;
  const { routeKey, pathParameters, headers } = request;
  if (routeKey.endsWith(` ${fence.route}`)) return receive(work, request);
  if (routeKey === `GET ${statusRoute(fence)}`)
    return tellStatus(work, pathParameters.correlationId ?? '', headers.authorization);
  const ending = refuse(404, 'NOT_FOUND', 'There is nothing at this path.');
  settled(work, ending, request.id);
  return ending.answer;
}
