import type { EventContract } from '../contract/define-event.ts';

/** The fields of a contract that every integration states, in this order. */
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

/** The fields that are the same for every kind. */
export type SharedField =
  | 'Name'
  | 'Purpose'
  | 'Owner'
  | 'Authority'
  | 'Consistency expectation'
  | 'Direction'
  | 'Output schema'
  | 'Error mapping';

/** The fields that each kind fills in itself. */
export type KindFields = Readonly<Record<Exclude<ContractFieldName, SharedField>, string>>;

/** How long the bus archive can replay each event. */
export const archiveInWords = (events: readonly EventContract[]): string =>
  `The bus archive can replay ${events.map(event => `${event.type} for ${event.retention.archiveDays} days`).join(', ')}`;
