import type { EventContract } from '../contract/define-event.ts';
import type { AlarmSpec } from './alarm.ts';
import type { KindFields } from './contract-field-names.ts';
import type { KnownFault } from './faults-met.ts';
import type { RunbookParts } from './runbook-parts.ts';

/** What each kind derives from a contract of its own. Pages are Markdown. */
export interface Derivations<C> {
  /** What people call the kind, e.g. `file lane`. */
  readonly name: string;
  /** Every event that the integration may publish, once each. */
  events(contract: C): readonly EventContract[];
  alarms(contract: C): readonly AlarmSpec[];
  faults(contract: C): readonly KnownFault[];
  contractFields(contract: C): KindFields;
  runbook(contract: C): RunbookParts;
  /** What whoever sends must know: a partner's files or requests, or a database's changes. */
  senderGuide(contract: C): string;
  /** What ends with a fault of each scope; of a field it is the whole unit of input. */
  readonly faultEnds: Readonly<Record<KnownFault['scope'], string>>;
  /** What an operator does about a fault that is the sender's to fix. */
  readonly senderFaultAction: string;
  /** Who publishes the suite's own events of this kind, by event type. */
  readonly operational: Readonly<Record<EventContract['type'], string>>;
}
