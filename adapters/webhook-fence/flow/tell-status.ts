import { type Answer, jsonAnswer, refuse, unavailable } from '../core/webhook/answer.ts';
import type { ArrivedRequest } from '../core/webhook/arrived-request.ts';
import { type FenceKeys, matchingStatusKeys } from '../core/webhook/fence-keys.ts';
import { requestFields } from '../core/webhook/log-fields.ts';
import { logLines } from '../core/webhook/log-lines.ts';
import type { Remembered } from '../core/webhook/remembered.ts';
import type { RequestWork } from './work.ts';

/**
 * Tells the status of a delivery to a caller with its correlation id and the key of its tenant. The key is checked first, so that
 * nobody else learns which ids exist. A delivery of another tenant is answered as unknown.
 */
export async function tellStatus(
  work: RequestWork,
  request: ArrivedRequest,
  correlationId: string,
): Promise<Answer> {
  try {
    const presented = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const tenants = presented === undefined ? [] : tenantsOf(await work.keys.current(), presented);
    if (tenants.length === 0) return unauthorized;
    const found = await find(work, correlationId);
    const isTheirs = found && tenants.some(tenant => tenant === undefined || tenant === found.tenant);
    return isTheirs
      ? statusAnswer(200, correlationId, found.status)
      : statusAnswer(404, correlationId, 'unknown');
  } catch (error) {
    work.ports.log.error(logLines.statusFailed, { ...requestFields(work.fence, request), error });
    return unavailable().answer;
  }
}

const tenantsOf = (keys: FenceKeys, presented: string): readonly (string | undefined)[] =>
  matchingStatusKeys(keys, presented).map(key => key.tenant);

const unauthorized = refuse(
  401,
  { code: 'UNAUTHENTICATED', detail: 'Present the status key as a bearer token.' },
  {
    'www-authenticate': 'Bearer',
  },
).answer;

async function find({ fence, ports }: RequestWork, correlationId: string): Promise<Remembered | undefined> {
  const digits = correlationId.startsWith(`${fence.id}.`) ? correlationId.slice(fence.id.length + 1) : '';
  if (!/^[0-9a-f]{40}$/.test(digits)) return undefined;
  return (await ports.once.find(correlationId)).value;
}

const statusAnswer = (statusCode: number, correlationId: string, status: string): Answer =>
  jsonAnswer(statusCode, JSON.stringify({ correlationId, status }), { 'cache-control': 'no-store' });
