import { counted } from '#shared/derive/alarm.ts';
import { logLines } from '../../core/webhook/log-lines.ts';
import { messageLines, quoted } from './counted-lines.ts';
import type { FenceAlarm } from './fence-alarm.ts';

export const quarantinedDeliveries: FenceAlarm = {
  id: 'quarantined-deliveries',
  title: 'Quarantined deliveries',
  meaning:
    'Genuine deliveries were quarantined: they do not fit the contract, contradict an earlier delivery, or the bus refused their events. Their events are missing.',
  ...messageLines('QuarantinedDeliveries', logLines.deliveryQuarantined),
  ...counted(1, 300),
  whatToDo: [
    `Find the lines ${quoted('deliveryQuarantined')} in the fence’s log. They have the code, and the key of the object in the quarantine bucket. The object has place, detail, remedy and the body.`,
    'Look up the code under [Common incidents](#common-incidents). It says whose fault it is to fix.',
    'If the contract is wrong, correct and deploy it. Then send the delivery to the spill queue, or ask the partner to deliver it again: it is processed again.',
    'If the partner is wrong, tell it the code and the correlation id. A corrected delivery may come under the same id, except after DUPLICATE_CONFLICT.',
  ],
};

export const drainConflict: FenceAlarm = {
  id: 'drain-conflict',
  title: 'Drain conflict',
  meaning:
    'The drain did not publish a delivery and deleted its message, because a delivery with the same name or id and another payload was accepted before.',
  ...messageLines('DrainConflicts', logLines.drainConflict),
  ...counted(1, 60),
  whatToDo: [
    `Find the lines ${quoted('drainConflict')} in the fence’s log, and all lines with their correlation id.`,
    'If an operator sent a quarantined delivery to the spill queue, nothing is lost: its correction was published meanwhile. Nothing needs to be done.',
    'Otherwise compare both payloads. They are in the raw bucket, in objects whose names begin with the correlation id.',
    'If both are facts, ask the partner to send the unpublished one again under a new id. If the partner was told that it was accepted, also report a bug: that must not happen.',
  ],
};
