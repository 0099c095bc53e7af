import { type Answer, jsonAnswer, refuse, unavailable } from '../core/webhook/answer.ts';
import type { ArrivedRequest } from '../core/webhook/arrived-request.ts';
import { type FenceKeys, matchingStatusKeys } from '../core/webhook/fence-keys.ts';
import { requestFields } from '../core/webhook/log-fields.ts';
import { logLines } from '../core/webhook/log-lines.ts';
import { type FoundDelivery, findDelivery } from './find-delivery.ts';
import type { RequestWork } from './work.ts';

/**
 * Tells the status of a delivery, and why it is not published, to a caller with its correlation id or the sender's own id, and the key
 * of its tenant. The key is checked first, so that nobody else learns which ids exist. A delivery of another tenant is answered as
 * unknown.
 */
export async function tellStatus(work: RequestWork, request: ArrivedRequest, asked: string): Promise<Answer> {
  try {
    const presented = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const tenants = presented === undefined ? [] : tenantsOf(await work.keys.current(), presented);
    if (tenants.length === 0) return unauthorized;
    for (const tenant of tenants) {
      const found = await findDelivery(work, asked, tenant);
      if (found && (tenant === undefined || tenant === found.value.tenant)) return told(found);
    }
    return statusAnswer(404, { status: 'unknown' });
  } catch (error) {
    work.ports.log.error(logLines.statusFailed, { ...requestFields(work.fence, request), error });
    return unavailable().answer;
  }
}

const told = ({ correlationId, value }: FoundDelivery): Answer =>
  statusAnswer(200, { correlationId, status: value.status, ...value.why });

const tenantsOf = (keys: FenceKeys, presented: string): readonly (string | undefined)[] =>
  matchingStatusKeys(keys, presented).map(key => key.tenant);

const unauthorized = refuse(
  401,
  { code: 'UNAUTHENTICATED', detail: 'Present the status key as a bearer token.' },
  {
    'www-authenticate': 'Bearer',
  },
).answer;

const statusAnswer = (statusCode: number, told: object): Answer =>
  jsonAnswer(statusCode, JSON.stringify(told), { 'cache-control': 'no-store' });
