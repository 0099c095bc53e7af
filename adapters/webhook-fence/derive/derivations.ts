import type { Derivations } from '#shared/derive/derivations.ts';
import { eventsOf, type WebhookFence } from '../contract/webhook-fence.ts';
import { fenceAlarmsOf } from './alarms-fence.ts';
import { fenceFields } from './fence-contract-fields.ts';
import { fenceFaults } from './fence-faults.ts';
import { renderFenceGuide } from './fence-guide.ts';
import { fenceRunbook } from './runbook-fence.ts';
import { fenceSignals } from './signals-fence.ts';

/** What is derived from the contract of a webhook fence. */
export const fenceDerivations: Derivations<WebhookFence> = {
  name: 'webhook fence',
  events: eventsOf,
  alarms: fenceAlarmsOf,
  signals: fenceSignals,
  faults: fenceFaults,
  contractFields: fenceFields,
  runbook: fenceRunbook,
  senderGuide: renderFenceGuide,
  faultEnds: { field: 'the delivery', row: 'the delivery', file: 'the delivery', lane: 'this attempt' },
  senderFaultAction:
    'The partner fixes it, or we change the contract. The answer told the partner; ask whether anyone there reads answers.',
  operational: {},
};
