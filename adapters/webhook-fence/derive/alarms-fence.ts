import { quiet, stoppingDeployments, withRunbook } from '#shared/derive/alarm.ts';
import type { WebhookFence } from '../contract/webhook-fence.ts';
import { logLines } from '../core/webhook/log-lines.ts';
import { functionLines, isMessage, quoted } from './alarms/counted-lines.ts';
import { drainConflict, quarantinedDeliveries } from './alarms/deliveries.ts';
import { fenceFunctionErrors, serverErrors, throttledFunction, unbalancedBooks } from './alarms/failures.ts';
import type { FenceAlarm, FenceAlarmSpec } from './alarms/fence-alarm.ts';
import {
  refusedDeliveries,
  refusedRequests,
  refusedSignatures,
  rejectsNotKept,
  throttledRequests,
} from './alarms/refusals.ts';
import { noUsableSecret, secretOverdue } from './alarms/secrets.ts';
import { busDenied, deadLetters, oldestSpill, spillDepth } from './alarms/spill.ts';

/** The alarms of a fence; the same data makes the CloudWatch alarms and their runbook. */
export const fenceAlarmsOf = (fence: WebhookFence): readonly FenceAlarmSpec[] =>
  withRunbook<FenceAlarm>(fence, [
    ...stoppingDeployments([refusedSignatures(fence), refusedDeliveries]),
    refusedRequests,
    ...stoppingDeployments([quarantinedDeliveries]),
    throttledRequests(fence),
    ...stoppingDeployments([noUsableSecret]),
    ...(fence.secrets.rotationDays === undefined ? [] : [secretOverdue(fence.secrets.rotationDays)]),
    ...stoppingDeployments([serverErrors, fenceFunctionErrors]),
    throttledFunction,
    unbalancedBooks(fence),
    spillDepth,
    oldestSpill(fence),
    deadLetters,
    drainConflict,
    ...stoppingDeployments([busDenied]),
    rejectsNotKept(fence),
    ...quiet(fence, {
      meaning: `${fence.partner.name} has delivered nothing genuine`,
      whatToDo: [
        `Look at the lines ${quoted('requestRefused')} of these hours in the fence’s log. If requests come and are refused, begin with the alarm Refused signatures.`,
        `If no requests come, look at the list of deliveries in the partner’s console, or ask ${fence.partner.contact}: providers disable an address that failed too often.`,
        'If the silence is right, raise `quietForHours` in the contract. After a first deployment the alarm rings until the first delivery has come.',
      ],
    }).map(alarm => ({ ...alarm, metric: { ...alarm.metric, lines: genuineRequests } })),
  ]);

const genuineRequests = functionLines(
  'Genuine',
  `{ (${isMessage(logLines.requestSettled)} && ($.status < 300)) || ${isMessage(logLines.requestSpilled)} }`,
);
