import { limits } from '#shared/contract/limits.ts';
import type { WebhookFence } from '../contract/webhook-fence.ts';
import { type Answer, contractAnswer, type Ending, unavailable } from '../core/webhook/answer.ts';
import { identityOf } from '../core/webhook/log-fields.ts';
import { leavesNameFree } from '../core/webhook/remembered.ts';
import type { NamedDelivery } from './named-delivery.ts';
import { processDelivery } from './process-delivery.ts';
import { quarantineConflict } from './quarantine-conflict.ts';
import { type OnceOutcome, runOnce } from './run-once.ts';
import type { Work } from './work.ts';

/**
 * Accepts a delivery once under its name. A repeat gets the first answer. A quarantined delivery is processed again, because its
 * cause may be fixed by now. A request that comes while the first of its name or its id is at work waits; if that takes too long
 * it is answered 503. It is never answered 202 before the first is finished.
 */
export async function acceptOnce(work: Work, named: NamedDelivery): Promise<Ending> {
  return endingOf(work, named, await waitForFirst(work, named));
}

async function waitForFirst(work: Work, named: NamedDelivery): Promise<OnceOutcome> {
  const { clock } = work.ports;
  const until = clock.now() + limits.webhookRepeatWaitMilliseconds;
  for (let pause = limits.webhookRepeatPollMilliseconds; ; pause *= 2) {
    const outcome = await runOnce(work, named.delivery, {
      mayRepeat: (known, isSame) => (isSame ? known.status === 'quarantined' : leavesNameFree(known)),
      process: ({ hold }) => processDelivery(work, named, hold),
    });
    const left = until - clock.now();
    if (outcome.kind !== 'busy' || left <= 0) return outcome;
    await clock.sleep(Math.min(pause, left));
  }
}

async function endingOf(work: Work, named: NamedDelivery, outcome: OnceOutcome): Promise<Ending> {
  const identity = identityOf(named.delivery);
  if (outcome.kind === 'busy') return { ...unavailable('STILL_WORKING'), ...identity };
  if (outcome.kind === 'bus-unavailable') return { ...unavailable(), ...identity };
  if (outcome.kind === 'taken' || (outcome.kind === 'known' && !outcome.isSame))
    return quarantineConflict(work, named.delivery);
  const { status } = outcome.value;
  const first = status === 'accepted' ? 'spilled' : status;
  return {
    answer: answerTo(work.fence, outcome),
    outcome: isRepeat(outcome) ? 'duplicate' : first,
    ...identity,
  };
}

/** A repeat is answered as the first was, unless the contract has an answer to repeats. */
function answerTo({ answers }: WebhookFence, outcome: Remembering): Answer {
  const { status, refusedByBus, answer } = outcome.value;
  const first = status === 'quarantined' && !refusedByBus ? answers.quarantined : answers.accepted;
  return contractAnswer((isRepeat(outcome) && answers.duplicate) || first, answer.body);
}

type Remembering = Extract<OnceOutcome, { readonly kind: 'processed' | 'known' }>;

/** It ended as before: nothing new came of it. */
const isRepeat = (outcome: Remembering): boolean =>
  outcome.kind === 'known' || (outcome.isSame && outcome.previous?.status === outcome.value.status);
