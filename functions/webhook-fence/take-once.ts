import { limits } from '../../shared/contract/limits.ts';
import type { Remembered } from '../../shared/core/webhook/remembered.ts';
import type { OnceEnd } from '../../shared/ports.ts';
import type { Named } from './accept-delivery.ts';
import { type Ending, jsonAnswer, unavailable } from './answer.ts';
import { endConflict, IdConflict } from './conflict.ts';
import { takeDelivery } from './take-delivery.ts';
import type { Work } from './work.ts';

/**
 * A delivery is taken once under its name. A repeat gets the first answer; one that comes while the first is at work waits for
 * it, and is told to come again when that takes too long: never 202 before the first has committed.
 */
export async function takeOnce(work: Work, named: Named): Promise<Ending> {
  const { correlationId } = named.delivery;
  let end: OnceEnd;
  try {
    end = await runOnce(work, named);
  } catch (error) {
    if (error instanceof IdConflict) return endConflict(work, named);
    throw error;
  }
  if (end.kind === 'conflict') return endConflict(work, named);
  if (end.kind === 'busy') return { ...unavailable('STILL_WORKING'), correlationId };
  return endingOf(end.value, end.kind, correlationId);
}

async function runOnce(work: Work, named: Named): Promise<OnceEnd> {
  const { clock, once } = work.ports;
  const claim = {
    name: named.delivery.correlationId,
    payloadHash: named.payloadHash,
    remainingMilliseconds: work.invocation.remainingMilliseconds,
  };
  const until = clock.now() + limits.webhookRepeatWaitMilliseconds;
  for (let pause = limits.webhookRepeatPollMilliseconds; ; pause *= 2) {
    const end = await once.run(claim, () => takeDelivery(work, named));
    const left = until - clock.now();
    if (end.kind !== 'busy' || left <= 0) return end;
    await clock.sleep(Math.min(pause, left));
  }
}

function endingOf({ status, answer }: Remembered, kind: 'first' | 'repeat', correlationId: string): Ending {
  const first = status === 'accepted' ? 'spilled' : status;
  return {
    answer: jsonAnswer(answer.statusCode, answer.body),
    outcome: kind === 'repeat' ? 'duplicate' : first,
    correlationId,
  };
}
