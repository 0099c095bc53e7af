import { hash } from 'node:crypto';
import type { Delivery } from '../core/webhook/delivery.ts';
import { leavesNameFree } from '../core/webhook/remembered.ts';
import { scopeOf } from '../core/webhook/tenant.ts';
import type { OnceFound } from '../ports.ts';
import { claimKey } from './claim-key.ts';
import type { NotProcessed } from './run-once.ts';
import type { Work } from './work.ts';

/** Why an id cannot be held; undefined when it is held. */
export type IdRefusal = Extract<NotProcessed, { readonly kind: 'busy' | 'taken' }> | undefined;

/**
 * Holds an id that the signature does not cover to the content that first came with it. The id is free again if that content was
 * never accepted, or was quarantined. A claim alone holds nothing.
 */
export async function holdUnsignedId(work: Work, delivery: Delivery): Promise<IdRefusal> {
  const { payloadHash, unsignedId } = delivery;
  if (unsignedId === undefined) return undefined;
  const key = idClaimKey(work.fence.id, scopeOf(delivery), unsignedId);
  const binds = ({ found }: { readonly found: OnceFound }) => isTaken(found) || found.isAtWork;
  const holder = await claimKey(work, delivery, { key, payloadHash, binds });
  if (holder === 'mine') return undefined;
  // While its holder is at work, how that ends is not known yet.
  return { kind: isTaken(holder.found) ? 'taken' : 'busy' };
}

/** An unsigned id, and of whom it is. */
export interface ScopedId {
  readonly scope: readonly string[];
  readonly id: string;
}

/** The correlation id of the delivery that holds an unsigned id. */
export async function findHolder(
  { fence, ports }: Work,
  { scope, id }: ScopedId,
): Promise<string | undefined> {
  const owner = await ports.idClaims.holder(idClaimKey(fence.id, scope, id));
  return owner?.split('#')[0];
}

const idClaimKey = (integration: string, scope: readonly string[], id: string): string =>
  `${integration}#id#${hash('sha256', [...scope, id].join('\0'), 'hex')}`;

const isTaken = ({ value }: OnceFound): boolean => value !== undefined && !leavesNameFree(value);
