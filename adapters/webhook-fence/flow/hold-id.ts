import { hash } from 'node:crypto';
import { limits } from '#shared/contract/limits.ts';
import type { Delivery } from '../core/webhook/delivery.ts';
import { leavesNameFree } from '../core/webhook/remembered.ts';
import { scopeOf } from '../core/webhook/tenant.ts';
import type { NotProcessed } from './run-once.ts';
import type { Work } from './work.ts';

/** Why an id cannot be held; undefined when it is held. */
export type IdRefusal = Extract<NotProcessed, { readonly kind: 'busy' | 'taken' }> | undefined;

/**
 * Holds an id that the signature does not cover to the content that first came with it. The id is free again if that content was
 * never accepted, or was quarantined. A claim alone holds nothing. Each attempt claims the id as an owner of its own, so that
 * freeing the id of a failed attempt never takes it from the next attempt.
 */
export async function holdUnsignedId(work: Work, delivery: Delivery): Promise<IdRefusal> {
  const { correlationId, payloadHash, unsignedId } = delivery;
  if (unsignedId === undefined) return undefined;
  const { fence, ports, invocation } = work;
  const owner = `${correlationId}#${invocation.id}`;
  const key = idClaimKey(fence.id, scopeOf(delivery), unsignedId);
  const expiresAt = Math.floor(ports.clock.now() / 1000) + fence.replayHorizonDays * limits.secondsADay;
  for (;;) {
    const claimed = await ports.idClaims.claim({ key, payloadHash, owner, expiresAt });
    if (claimed === 'mine') return undefined;
    const [holder = ''] = claimed.owner.split('#');
    const refusal = holder === correlationId ? undefined : await refusalBy(work, holder);
    if (refusal) return refusal;
    await ports.idClaims.release(key, claimed.owner);
  }
}

/** The correlation id of the delivery that holds an unsigned id. */
export async function findHolder(
  { fence, ports }: Work,
  scope: readonly string[],
  unsignedId: string,
): Promise<string | undefined> {
  const owner = await ports.idClaims.holder(idClaimKey(fence.id, scope, unsignedId));
  return owner?.split('#')[0];
}

const idClaimKey = (integration: string, scope: readonly string[], unsignedId: string): string =>
  `${integration}#id#${hash('sha256', [...scope, unsignedId].join('\0'), 'hex')}`;

/** `busy`: how the holder ends is not known yet. */
async function refusalBy({ ports }: Work, holder: string): Promise<IdRefusal> {
  const { value, isAtWork } = await ports.once.find(holder);
  if (value && !leavesNameFree(value)) return { kind: 'taken' };
  return isAtWork ? { kind: 'busy' } : undefined;
}
