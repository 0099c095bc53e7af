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
  const id = hash('sha256', [...scopeOf(delivery), unsignedId].join('\0'), 'hex');
  const key = `${work.fence.id}#id#${id}`;
  const binds = ({ found }: { readonly found: OnceFound }) => isTaken(found) || found.isAtWork;
  const holder = await claimKey(work, delivery, { key, payloadHash, binds });
  if (holder === 'mine') return undefined;
  // While its holder is at work, how that ends is not known yet.
  return { kind: isTaken(holder.found) ? 'taken' : 'busy' };
}

const isTaken = ({ value }: OnceFound): boolean => value !== undefined && !leavesNameFree(value);
