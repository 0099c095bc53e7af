import { limits } from '#shared/contract/limits.ts';
import { promisedSeconds } from '#shared/contract/promised-seconds.ts';
import { counted, queueMetrics, waiting, waitingSince } from '#shared/derive/alarm.ts';
import { ifDisabled } from '#shared/derive/disable-command.ts';
import { readDeadLetters } from '#shared/derive/read-dead-letters.ts';
import { eventsOf, type WebhookFence } from '../../contract/webhook-fence.ts';
import { logLines } from '../../core/webhook/log-lines.ts';
import { messageLines, quoted } from './counted-lines.ts';
import type { FenceAlarm } from './fence-alarm.ts';

export const spillDepth: FenceAlarm = {
  id: 'spill-depth',
  title: 'Spill depth',
  meaning:
    'The bus does not accept events, or the fence is disabled. Deliveries are archived, answered as accepted, and wait in the spill queue.',
  metric: { kind: 'queue', queue: 'spill', name: queueMetrics.depth },
  ...waiting(100),
  whatToDo: [
    ifDisabled,
    `Find the lines ${quoted('busUnavailable')} or ${quoted('busDenied')} in the fence’s log.`,
    'If EventBridge is down or throttles, wait. The queue is drained automatically, in any order, with the same event ids.',
    'Check in the account’s quotas whether PutEvents is throttled. If this is normal load, ask for a higher quota.',
  ],
};

export const oldestSpill = (fence: WebhookFence): FenceAlarm => ({
  id: 'oldest-spill',
  title: 'Oldest spill',
  meaning:
    'A delivery has waited in the spill queue longer than its events may take from arrival to the bus.',
  metric: { kind: 'queue', queue: 'spill', name: queueMetrics.age },
  ...waitingSince(promisedSeconds(eventsOf(fence))),
  whatToDo: [
    ifDisabled,
    `Check whether the bus is at fault: look at the alarms for spill depth and a denied bus, and at the lines ${quoted('busUnavailable')}.`,
    `If the bus works, look at the lines ${quoted('drainFailed')} in the fence’s log.`,
    `A message is tried ${limits.receivesMax} times before it goes to the dead letters. No event is lost meanwhile.`,
  ],
});

export const deadLetters: FenceAlarm = {
  id: 'dead-letters',
  title: 'Dead letters',
  meaning: `A spilled delivery could not be published in ${limits.receivesMax} attempts. Its events are missing until it is redriven.`,
  metric: { kind: 'queue', queue: 'dlq', name: queueMetrics.depth },
  ...waiting(1),
  whatToDo: [
    `Read a message of the dead-letter queue without deleting it, with its attributes: ${readDeadLetters}. The attribute \`reason\` is the code of what stopped it last: see [Common incidents](#common-incidents). Its body names the archived delivery and its correlation id. A message without \`reason\` was moved by the queue itself, for the drain died.`,
    'Find the correlation id in the fence’s log. The last error says what stopped the delivery.',
    'Fix the cause, then redrive the dead-letter queue to the spill queue. Repeating is safe: event ids stay the same.',
  ],
};

export const busDenied: FenceAlarm = {
  id: 'bus-denied',
  title: 'Bus denied',
  meaning:
    'The function is not allowed to put events on the bus. Deliveries go to the spill queue until it is.',
  ...messageLines('BusDenied', logLines.busDenied),
  ...counted(1, 60),
  whatToDo: [
    'Compare the function’s role, the bus policy and any service control policy with what this version deploys. Deploy again if they differ.',
    'Nothing else: the spill queue is drained automatically. Redrive the dead-letter queue if its alarm rings as well.',
  ],
};
