import * as z from 'zod';
import type { HandoffState } from '#adapters/file-lane/core/outcome/handoff.ts';
import type { HandoffQuery, HandoffSummary } from '#adapters/file-lane/core/outcome/handoff-query.ts';
import type { HandoffSearch } from '#adapters/file-lane/ports.ts';
import { limits } from '#shared/contract/limits.ts';
import { cursorOf, placeOf } from '../../core/cursor.ts';
import type { Selection } from './plan-kind.ts';

/** Where a page ended: a state, and a hand-off in it. */
const place = z.strictObject({
  state: z.string(),
  after: z.strictObject({ id: z.string(), sortedBy: z.string() }).optional(),
});

/** What files are chosen by. */
export interface FileFilter {
  readonly file?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface HandoffsPage {
  readonly handoffs: readonly HandoffSummary[];
  /** Where to go on after it; none after the last, so that a plan that was counted is done from the beginning. */
  readonly next?: string;
}

/**
 * Hand-offs of a lane in some states, state by state. Files of a page may still be in their state when it is done, so a job that goes on
 * begins behind them. What came after the plan was made does not belong to it.
 */
export async function* handoffPages(
  search: HandoffSearch,
  selection: Selection<FileFilter>,
  states: readonly HandoffState[],
): AsyncGenerator<HandoffsPage> {
  const query = queryOf(selection);
  let at = placeOf(place, selection.after) ?? placeBefore(states[0]);
  while (at) {
    const state = states.find(each => each === at?.state);
    if (!state) return;
    const { handoffs, next } = await search.list({ ...query, state, after: at.after });
    at = next ? { state, after: next } : placeBefore(states[states.indexOf(state) + 1]);
    yield { handoffs, ...(at && { next: cursorOf(at) }) };
  }
}

const placeBefore = (state: HandoffState | undefined): z.infer<typeof place> | undefined =>
  state && { state };

function queryOf({ integration, known, filter, until }: Selection<FileFilter>): HandoffQuery {
  const made = new Date(until).toISOString();
  const { file, from, to } = filter;
  return {
    integration,
    keyPrefix: file === undefined ? undefined : `${known.inPrefix ?? ''}${file}`,
    from,
    to: to !== undefined && to < made ? to : made,
    limit: limits.pageEntriesMax,
  };
}
