import { limits } from '#shared/contract/limits.ts';
import type { Delivery } from '../core/webhook/delivery.ts';
import type { OnceFound } from '../ports.ts';
import type { Work } from './work.ts';

export interface ClaimedKey {
  /** Begins with `<integration>#`. */
  readonly key: string;
  readonly payloadHash: string;
}

/** Another delivery that has the key, and is not known to have left it. */
export interface Holder {
  readonly payloadHash: string;
  readonly found: OnceFound;
}

/**
 * Claims a key for a delivery. A claim of another delivery stands while `binds` says so of what is remembered of that delivery, and
 * is taken over otherwise. Each attempt claims as an owner of its own, so that freeing a failed attempt's key never takes it from
 * the next attempt.
 */
export async function claimKey(
  { fence, ports, invocation }: Work,
  { correlationId }: Delivery,
  { key, payloadHash, binds }: ClaimedKey & { readonly binds: (holder: Holder) => boolean },
): Promise<'mine' | Holder> {
  const owner = `${correlationId}#${invocation.id}`;
  const expiresAt = Math.floor(ports.clock.now() / 1000) + fence.replayHorizonDays * limits.secondsADay;
  for (;;) {
    const claimed = await ports.idClaims.claim({ key, payloadHash, owner, expiresAt });
    if (claimed === 'mine') return 'mine';
    const [other = ''] = claimed.owner.split('#');
    if (other !== correlationId) {
      const holder = { payloadHash: claimed.payloadHash, found: await ports.once.find(other) };
      if (binds(holder)) return holder;
    }
    await ports.idClaims.release(key, claimed.owner);
  }
}
