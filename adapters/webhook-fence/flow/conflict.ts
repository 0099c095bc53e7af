import { hash } from 'node:crypto';
import { fault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import { EdgeError } from '#shared/core/log/edge-error.ts';
import { type Ending, jsonAnswer } from '../core/webhook/answer.ts';
import type { Delivery } from '../core/webhook/delivery.ts';
import { leavesNameFree } from '../core/webhook/remembered.ts';
import type { Named } from './named-delivery.ts';
import { quarantine } from './quarantine.ts';
import type { Work } from './work.ts';

/** New content under an id that is known with other content. Thrown inside `once`, so that the content may still come under its own id. */
export class IdConflict extends EdgeError {
  override readonly name = 'IdConflict';
}

/** The id is held by other content that is at work: how it ends is to be waited for. Thrown inside `once`, as a conflict is. */
export class IdBusy extends EdgeError {
  override readonly name = 'IdBusy';
}

/**
 * Holds an id that the signature leaves out to the content it first came with. An id whose content was never taken, or of which
 * nothing was made, is free: a claim alone binds nobody. Each attempt claims anew as an owner of its own, so that who frees the id
 * from an attempt that came to nothing never takes it from the next one.
 * @throws IdConflict, IdBusy
 */
export async function claimId(work: Work, delivery: Delivery): Promise<void> {
  const { correlationId, payloadHash, unsignedId } = delivery;
  if (unsignedId === undefined) return;
  const { fence, ports, invocation } = work;
  const owner = `${correlationId}#${invocation.id}`;
  const key = `${fence.id}#id#${hash('sha256', unsignedId, 'hex')}`;
  const expiresAt = Math.floor(ports.clock.now() / 1000) + fence.replayHorizonDays * limits.secondsADay;
  for (;;) {
    const claimed = await ports.idClaims.claim({ key, payloadHash, owner, expiresAt });
    if (claimed === 'mine') return;
    const [holder = ''] = claimed.owner.split('#');
    if (holder !== correlationId) await demandFree(work, holder);
    await ports.idClaims.release(key, claimed.owner);
  }
}

async function demandFree({ ports }: Work, holder: string): Promise<void> {
  const { value, isAtWork } = await ports.once.find(holder);
  if (value && !leavesNameFree(value)) throw new IdConflict(holder);
  if (isAtWork) throw new IdBusy(holder);
}

/** Quarantined beside the delivery that it contradicts; answered as the contract says. */
export async function endConflict(work: Work, { delivery }: Named): Promise<Ending> {
  const { correlationId } = delivery;
  const found = fault(
    'DUPLICATE_CONFLICT',
    {},
    'a delivery of this name was accepted before with another payload',
    'Send what is new under a new id.',
  );
  await quarantine(work, delivery, found);
  const { code, detail, remedy } = found;
  const body = JSON.stringify({ correlationId, status: 'quarantined', code, detail, remedy });
  return { answer: jsonAnswer(work.fence.onConflict, body), outcome: 'quarantined', code, correlationId };
}
