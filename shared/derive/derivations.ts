import type { EventContract } from '../contract/define-event.ts';
import type { AlarmSpec } from './alarm.ts';
import type { KindFields } from './contract-field-names.ts';
import type { KnownFault } from './faults-met.ts';
import type { RunbookParts } from './runbook-parts.ts';
import type { SignalSpec } from './signal.ts';

/** What each kind derives from its contracts. Pages are Markdown. */
export interface Derivations<C> {
  /** The kind's name in documents, e.g. `file lane`. */
  readonly name: string;
  /** Every event that the integration can publish, once each. */
  events(contract: C): readonly EventContract[];
  alarms(contract: C): readonly AlarmSpec[];
  /** What is measured of every integration of the kind. */
  readonly signals: readonly SignalSpec[];
  faults(contract: C): readonly KnownFault[];
  contractFields(contract: C): KindFields;
  runbook(contract: C): RunbookParts;
  /** The page for the sender: what it must know to send files, requests or changes. */
  senderGuide(contract: C): string;
  /** What a fault of each scope ends. A fault of a field ends the whole unit of input. */
  readonly faultEnds: Readonly<Record<KnownFault['scope'], string>>;
  /** What an operator does about a fault that the sender must fix. */
  readonly senderFaultAction: string;
  /** Who publishes this kind's operational events, by event type. */
  readonly operational: Readonly<Record<EventContract['type'], string>>;
}
