import { fileOverdue } from '#events/edge/file-overdue.v1.ts';
import { fileSettled } from '#events/edge/file-settled.v1.ts';
import { reconciliationCompleted } from '#events/edge/reconciliation-completed.v1.ts';
import { rowsQuarantined } from '#events/edge/rows-quarantined.v1.ts';
import type { Derivations } from '#shared/derive/derivations.ts';
import type { FileLane } from '../contract/file-lane.ts';
import { laneAlarmsOf } from './alarms-lane.ts';
import { laneFields } from './lane-contract-fields.ts';
import { laneFaults } from './lane-faults.ts';
import { renderLaneGuide } from './lane-guide.ts';
import { laneRunbook } from './runbook-lane.ts';
import { laneSignals } from './signals-lane.ts';

/** What is derived from the contract of a file lane. */
export const laneDerivations: Derivations<FileLane> = {
  name: 'file lane',
  events: lane => lane.events,
  alarms: laneAlarmsOf,
  signals: laneSignals,
  faults: laneFaults,
  contractFields: laneFields,
  runbook: laneRunbook,
  senderGuide: renderLaneGuide,
  faultEnds: { field: 'the row', row: 'the row', file: 'the file', lane: 'this attempt' },
  senderFaultAction:
    'The partner fixes it, and is told in the acknowledgement. Ask the partner when the acknowledgement goes unread.',
  operational: {
    [fileSettled.type]: 'every file lane',
    [rowsQuarantined.type]: 'every file lane, on its rows queue',
    [fileOverdue.type]: 'the reconciler, for file lanes with a schedule',
    [reconciliationCompleted.type]: 'the reconciler, for all file lanes',
  },
};
