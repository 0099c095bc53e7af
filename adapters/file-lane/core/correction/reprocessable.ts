import { type Handoff, isSettled, type SettledHandoff } from '../outcome/handoff.ts';

/** What of a settled hand-off can be reprocessed after the contract was corrected. */
export type Reprocessable = 'rows' | 'file';

/**
 * Its quarantined rows, where the others were published; the whole file, where nothing of it was. Undefined: there is nothing to
 * reprocess, or it is still in work.
 */
export function reprocessable(handoff: Handoff): Reprocessable | undefined {
  if (!isSettledHandoff(handoff)) return undefined;
  const { pass, tally, state } = handoff;
  if (pass === 'publish' && tally.quarantined > 0) return 'rows';
  return state === 'rejected' && tally.published === 0 ? 'file' : undefined;
}

export const isSettledHandoff = (handoff: Handoff): handoff is SettledHandoff => isSettled(handoff.state);
