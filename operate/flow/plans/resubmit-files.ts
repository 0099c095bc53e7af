import * as z from 'zod';
import type { ReprocessMessage } from '#adapters/file-lane/core/correction/reprocess-message.ts';
import { isLeftToReprocess, quarantinedIn } from '#adapters/file-lane/core/correction/reprocessable.ts';
import type {
  HandoffPlace,
  HandoffQuery,
  HandoffSummary,
} from '#adapters/file-lane/core/outcome/handoff-query.ts';
import { limits } from '#shared/contract/limits.ts';
import { cursorOf, placeOf } from '../../core/cursor.ts';
import { handoffLine } from '../../core/handoff-line.ts';
import type { FilterOf } from '../../core/plan/plan-kinds.ts';
import type { JobPorts } from '../../plan-ports.ts';
import type { PlanUnit, Selection, UnitPage } from './plan-kind.ts';

/**
 * Rows of files of which rows are quarantined, or that are rejected: their lane is asked to reprocess them, as hand-offs of their own. The
 * request has the plan's name, so a file that is asked for twice is reprocessed once.
 */
type Asked = Selection<FilterOf<'resubmit'>>;
type State = 'partial' | 'rejected';

/** Where a page ended: a state, and a hand-off in it. */
const place = z.strictObject({
  state: z.enum(['partial', 'rejected']),
  after: z.strictObject({ id: z.string(), sortedBy: z.string() }).optional(),
});

const allStates: readonly State[] = ['partial', 'rejected'];

export async function* resubmitFiles(ports: JobPorts, selection: Asked): AsyncGenerator<UnitPage> {
  const from = placeOf(place, selection.after);
  const asked = selection.filter.state;
  const states = allStates.filter(state => asked === undefined || state === asked);
  const begun = from ? states.slice(states.indexOf(from.state)) : states;
  for (const [n, state] of begun.entries())
    yield* selectIn(ports, selection, { state, after: n === 0 ? from?.after : undefined });
}

async function* selectIn(
  { search, workQueues }: JobPorts,
  selection: Asked,
  { state, after }: { readonly state: State; readonly after: HandoffPlace | undefined },
): AsyncGenerator<UnitPage> {
  let reached = after;
  do {
    const { handoffs, next } = await search.list({ ...queryOf(selection, state), after: reached });
    const units = handoffs.filter(isLeftToReprocess).map(handoff => unitOf(handoff, selection, workQueues));
    reached = next;
    yield next ? { units, next: cursorOf({ state, after: next }) } : { units };
  } while (reached);
}

/** What came after the plan was made, its own hand-offs included, does not belong to it. */
function queryOf({ integration, known, filter, until }: Asked, state: State): HandoffQuery {
  const made = new Date(until).toISOString();
  const { file, from, to } = filter;
  return {
    integration,
    state,
    keyPrefix: file === undefined ? undefined : `${known.inPrefix ?? ''}${file}`,
    from,
    to: to !== undefined && to < made ? to : made,
    limit: limits.pageEntriesMax,
  };
}

function unitOf(
  handoff: HandoffSummary,
  { plan, integration, known, until }: Asked,
  queues: JobPorts['workQueues'],
): PlanUnit {
  const { file } = handoffLine(handoff, known);
  const rows = rowsIn(handoff);
  const message: ReprocessMessage = {
    kind: 'edge.reprocess',
    handoffId: handoff.id,
    request: plan.id,
    at: new Date(until).toISOString(),
  };
  return {
    id: handoff.id,
    size: rows,
    about: `${file}: ${rows} ${handoff.state === 'rejected' ? 'rejected' : 'quarantined'} ${rows === 1 ? 'row' : 'rows'}`,
    isRepeat: false,
    async perform() {
      await queues.send(integration, message);
      return { kind: 'done' };
    },
  };
}

/** A file that was rejected before its rows were counted is one unit. */
const rowsIn = (handoff: HandoffSummary): number =>
  Math.max(1, handoff.state === 'rejected' ? (handoff.received ?? 0) : quarantinedIn(handoff));
