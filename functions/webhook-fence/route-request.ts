import { type Answer, refuse } from './answer.ts';
import type { ArrivedRequest } from './arrived-request.ts';
import { receive } from './receive.ts';
import { settled } from './settled.ts';
import { tellStatus } from './tell-status.ts';
import type { ArrivalWork } from './work.ts';

/** Deliveries, questions after them, and nothing else. */
export async function routeRequest(work: ArrivalWork, request: ArrivedRequest): Promise<Answer> {
  const { route } = work.fence;
  if (request.path === route) return receive(work, request);
  const prefix = `${route}/status/`;
  const statusOf = request.path.startsWith(prefix) ? request.path.slice(prefix.length) : undefined;
  if (statusOf !== undefined && request.method === 'GET')
    return tellStatus(work, statusOf, request.headers.authorization);
  const ending =
    statusOf === undefined
      ? refuse(404, 'NOT_FOUND', 'There is nothing at this path.')
      : refuse(405, 'METHOD_NOT_ALLOWED', 'Use GET.', { allow: 'GET' });
  settled(work, ending, request.id);
  return ending.answer;
}
