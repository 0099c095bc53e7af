import { messageIs } from './alarm.ts';

/** Names of what is measured of every integration. */
export const signalNames = [
  'Published',
  'Lag',
  'Late',
  'Duplicates',
  'Conflicts',
  'Quarantined',
  'Rejected',
] as const;

export type SignalName = (typeof signalNames)[number];

/** A metric that is read from a log: the value of a field in the lines that match. Values of 0 are left out: a metric is charged for hours with values. */
export interface SignalSpec {
  readonly name: SignalName;
  readonly unit: 'Count' | 'Milliseconds';
  /** CloudWatch filter pattern. */
  readonly pattern: string;
  /** A number, or a field as `$.published`. */
  readonly value: string;
}

const fields: Readonly<Record<SignalName, string>> = {
  Published: 'published',
  Lag: 'lagMilliseconds',
  Late: 'late',
  Duplicates: 'duplicate',
  Conflicts: 'conflicts',
  Quarantined: 'quarantined',
  Rejected: 'rejected',
};

/** The signals of an integration whose log has a line with the books of each unit of its work. */
export const signalsOfBooks = (message: string): readonly SignalSpec[] =>
  signalNames.map(name => ({
    name,
    unit: name === 'Lag' ? 'Milliseconds' : 'Count',
    pattern: `{ (${messageIs(message)}) && ($.${fields[name]} ${name === 'Lag' ? '>= 0' : '> 0'}) }`,
    value: `$.${fields[name]}`,
  }));
