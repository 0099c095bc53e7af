import type { FaultCode } from '#shared/contract/fault.ts';
import type { Outcome } from '#shared/core/outcome/tally.ts';
import { messageIs } from '#shared/derive/alarm.ts';
import { type SignalName, type SignalSpec, signalsOfBooks } from '#shared/derive/signal.ts';
import { logLines } from '../core/webhook/log-lines.ts';

const settled = messageIs(logLines.requestSettled);
const conflict: FaultCode = 'DUPLICATE_CONFLICT';

const counted = (name: SignalName, condition: string): SignalSpec => ({
  name,
  unit: 'Count',
  pattern: `{ (${settled}) && (${condition}) }`,
  value: '1',
});

const ended = (name: SignalName, outcome: Outcome): SignalSpec => counted(name, `$.outcome = "${outcome}"`);

/** What is measured of a fence: one line a request. Lag: from the gateway to the bus. */
export const fenceSignals: readonly SignalSpec[] = [
  ended('Published', 'published'),
  ...signalsOfBooks(logLines.requestSettled).filter(({ name }) => name === 'Lag' || name === 'Late'),
  ended('Duplicates', 'duplicate'),
  counted('Conflicts', `$.code = "${conflict}"`),
  ended('Quarantined', 'quarantined'),
  ended('Rejected', 'rejected'),
];
