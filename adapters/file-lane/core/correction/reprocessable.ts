import { type Handoff, isSettled, type SettledHandoff } from '../outcome/handoff.ts';
import type { HandoffSummary } from '../outcome/handoff-query.ts';

/** What of a settled hand-off can be reprocessed after the contract was corrected. */
export type Reprocessable = 'rows' | 'file';

/**
 * Its quarantined rows, where the others were published; the whole file, where nothing of it was. Undefined: there is nothing to
 * reprocess, or it is still in work.
 */
export function reprocessable(handoff: Handoff): Reprocessable | undefined {
  if (!isSettledHandoff(handoff)) return undefined;
  const { pass, tally } = handoff;
  if (pass === 'publish' && tally.quarantined > 0) return 'rows';
  return isRejected(handoff) ? 'file' : undefined;
}

/** Whether a plan offers it: it can be reprocessed, and no later hand-off has what is left of it. */
export const isLeftToReprocess = (handoff: HandoffSummary): boolean =>
  isSettled(handoff.state) &&
  handoff.reprocessedBy === undefined &&
  (isRejected(handoff) || (handoff.state === 'partial' && quarantinedIn(handoff) > 0));

export const quarantinedIn = ({ tally }: Pick<HandoffSummary, 'tally'>): number => tally?.quarantined ?? 0;

const isRejected = ({ state, tally }: Pick<HandoffSummary, 'state' | 'tally'>): boolean =>
  state === 'rejected' && (tally?.published ?? 0) === 0;

export const isSettledHandoff = (handoff: Handoff): handoff is SettledHandoff => isSettled(handoff.state);
