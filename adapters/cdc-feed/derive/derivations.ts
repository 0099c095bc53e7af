import { changesQuarantined } from '#events/edge/changes-quarantined.v1.ts';
import { schemaDriftDetected } from '#events/edge/schema-drift-detected.v1.ts';
import type { Derivations } from '#shared/derive/derivations.ts';
import type { CdcFeed } from '../contract/cdc-feed.ts';
import { feedAlarmsOf } from './alarms-feed.ts';
import { feedFields } from './feed-contract-fields.ts';
import { feedFaults } from './feed-faults.ts';
import { feedRunbook } from './runbook-feed.ts';
import { feedSignals } from './signals-feed.ts';
import { renderSourceGuide } from './source-guide.ts';

/** What is derived from the contract of a CDC feed. */
export const feedDerivations: Derivations<CdcFeed> = {
  name: 'CDC feed',
  events: feed => feed.events,
  alarms: feedAlarmsOf,
  signals: feedSignals,
  faults: feedFaults,
  contractFields: feedFields,
  runbook: feedRunbook,
  senderGuide: renderSourceGuide,
  faultEnds: { field: 'the change', row: 'the change', file: 'the batch', lane: 'this attempt' },
  senderFaultAction:
    'Whoever runs the database fixes it, or we change the contract. Only you know of it: tell them.',
  operational: {
    [changesQuarantined.type]: 'every CDC feed, on its queue of quarantined changes',
    [schemaDriftDetected.type]: 'every CDC feed',
  },
};
