import { type Answer, jsonAnswer, refuse, unavailable } from '../core/webhook/answer.ts';
import { type FenceKeys, matchingStatusKeys } from '../core/webhook/fence-keys.ts';
import type { Remembered } from '../core/webhook/remembered.ts';
import type { RequestWork } from './work.ts';

/**
 * Tells where a delivery is to whoever holds its correlation id and the key of its tenant. The key is asked first, so that
 * nobody else learns which ids exist; a delivery of another tenant is as unknown as one that never was.
 */
export async function tellStatus(
  work: RequestWork,
  correlationId: string,
  authorization: string | undefined,
): Promise<Answer> {
  try {
    const presented = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    const tenants = presented === undefined ? [] : tenantsOf(await work.keys.current(), presented);
    if (tenants.length === 0) return notHolder;
    const found = await find(work, correlationId);
    const isTheirs = found && tenants.some(tenant => tenant === undefined || tenant === found.tenant);
    return isTheirs ? told(200, correlationId, found.status) : told(404, correlationId, 'unknown');
  } catch (error) {
    work.ports.log.error('status failed', { integration: work.fence.id, error });
    return unavailable().answer;
  }
}

const tenantsOf = (keys: FenceKeys, presented: string): readonly (string | undefined)[] =>
  matchingStatusKeys(keys, presented).map(key => key.tenant);

const notHolder = refuse(401, 'UNAUTHENTICATED', 'Present the status key as a bearer token.', {
  'www-authenticate': 'Bearer',
}).answer;

async function find({ fence, ports }: RequestWork, correlationId: string): Promise<Remembered | undefined> {
  const digits = correlationId.startsWith(`${fence.id}.`) ? correlationId.slice(fence.id.length + 1) : '';
  if (!/^[0-9a-f]{40}$/.test(digits)) return undefined;
  return (await ports.once.find(correlationId)).value;
}

const told = (statusCode: number, correlationId: string, status: string): Answer =>
  jsonAnswer(statusCode, JSON.stringify({ correlationId, status }), { 'cache-control': 'no-store' });
