import { limits } from '#shared/contract/limits.ts';
import { type Ending, jsonAnswer, unavailable } from '../core/webhook/answer.ts';
import { leavesNameFree } from '../core/webhook/remembered.ts';
import { endConflict, IdBusy, IdConflict } from './conflict.ts';
import type { Named } from './named-delivery.ts';
import { takeDelivery } from './take-delivery.ts';
import { type TakeEnd, takeOrRetake } from './take-or-retake.ts';
import type { Work } from './work.ts';

/**
 * A delivery is taken once under its name. A repeat gets the first answer, but of one that was quarantined it is tried again:
 * what was wrong may have been mended. One that comes while the first of its name or its id is at work waits for it, and is told
 * to come again when that takes too long: never 202 before the first has committed.
 */
export async function takeOnce(work: Work, named: Named): Promise<Ending> {
  try {
    return await endingOf(work, named, await whileBusy(work, named));
  } catch (error) {
    if (error instanceof IdConflict) return endConflict(work, named);
    throw error;
  }
}

async function whileBusy(work: Work, named: Named): Promise<TakeEnd> {
  const { clock } = work.ports;
  const until = clock.now() + limits.webhookRepeatWaitMilliseconds;
  for (let pause = limits.webhookRepeatPollMilliseconds; ; pause *= 2) {
    const end = await attempt(work, named);
    const left = until - clock.now();
    if (end.kind !== 'busy' || left <= 0) return end;
    await clock.sleep(Math.min(pause, left));
  }
}

async function attempt(work: Work, named: Named): Promise<TakeEnd> {
  try {
    return await takeOrRetake(work, named.delivery, {
      may: (known, isSame) => (isSame ? known.status === 'quarantined' : leavesNameFree(known)),
      take: () => takeDelivery(work, named),
    });
  } catch (error) {
    if (error instanceof IdBusy) return { kind: 'busy' };
    throw error;
  }
}

async function endingOf(work: Work, named: Named, end: TakeEnd): Promise<Ending> {
  const { correlationId } = named.delivery;
  if (end.kind === 'busy') return { ...unavailable('STILL_WORKING'), correlationId };
  if (end.kind === 'known' && !end.isSame) return endConflict(work, named);
  const { status, answer } = end.value;
  const taken = status === 'accepted' ? 'spilled' : status;
  return {
    answer: jsonAnswer(answer.statusCode, answer.body),
    outcome: isRepeat(end) ? 'duplicate' : taken,
    correlationId,
  };
}

/** It ends as it had ended before: nothing new came of it. */
const isRepeat = (end: Exclude<TakeEnd, { readonly kind: 'busy' }>): boolean =>
  end.kind === 'known' || (end.isSame && end.was?.status === end.value.status);
