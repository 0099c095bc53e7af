import type { EventContract } from '../contract/define-event.ts';

/** The contract shape that every integration states, in this order. */
export const contractFieldNames = [
  'Name',
  'Purpose',
  'Owner',
  'Authority',
  'Consistency expectation',
  'Direction',
  'Protocol',
  'Trigger',
  'Input schema',
  'Output schema',
  'Idempotency key',
  'Correlation id',
  'Tenant propagation',
  'Timeout',
  'Retry policy',
  'Error mapping',
  'State impact',
  'Audit evidence',
  'Replay behavior',
  'Reconciliation path',
  'Security control',
  'Operational dashboard',
] as const;

export type ContractFieldName = (typeof contractFieldNames)[number];

/** Said in the same way of every kind. */
export type SharedField =
  | 'Name'
  | 'Purpose'
  | 'Owner'
  | 'Authority'
  | 'Consistency expectation'
  | 'Direction'
  | 'Output schema'
  | 'Error mapping';

/** What each kind says for itself. */
export type KindFields = Readonly<Record<Exclude<ContractFieldName, SharedField>, string>>;

/** For how long each event can be had again from the archive of the bus. */
export const archiveInWords = (events: readonly EventContract[]): string =>
  `The bus archive replays ${events.map(event => `${event.type} for ${event.retention.archiveDays} days`).join(', ')}`;
