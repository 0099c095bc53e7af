import { unsettledStates } from '#adapters/file-lane/core/outcome/handoff.ts';
import type { HandoffSummary } from '#adapters/file-lane/core/outcome/handoff-query.ts';
import { limits } from '#shared/contract/limits.ts';
import type { LaneBooks } from '../core/integration-state.ts';
import type { Work } from './work.ts';

const open = ['awaiting', ...unsettledStates] as const;

/** The newest hand-offs of a lane: those in work, and those that were received in the last 24 hours. */
export async function readBooks({ ports }: Work, integration: string): Promise<LaneBooks> {
  const since = new Date(ports.clock.now() - 1_000 * limits.secondsADay).toISOString();
  const limit = limits.booksHandoffsMax;
  const [recent, ...pages] = await Promise.all([
    ports.search.list({ integration, from: since, limit }),
    ...open.map(state => ports.search.list({ integration, state, limit })),
  ]);
  return {
    since,
    recent: recent.handoffs,
    moreRecent: recent.next !== undefined,
    open: pages.flatMap((page): readonly HandoffSummary[] => page.handoffs),
    moreOpen: pages.some(({ next }) => next !== undefined),
  };
}
