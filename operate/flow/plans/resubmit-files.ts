import type { ReprocessMessage } from '#adapters/file-lane/core/correction/reprocess-message.ts';
import { isLeftToReprocess, quarantinedIn } from '#adapters/file-lane/core/correction/reprocessable.ts';
import type { HandoffSummary } from '#adapters/file-lane/core/outcome/handoff-query.ts';
import { handoffLine } from '../../core/handoff-line.ts';
import type { FilterOf } from '../../core/plan/plan-kinds.ts';
import type { JobPorts } from '../../plan-ports.ts';
import { handoffPages } from './handoff-pages.ts';
import type { PlanUnit, Selection, UnitPage } from './plan-kind.ts';

type Asked = Selection<FilterOf<'resubmit'>>;

const allStates = ['partial', 'rejected'] as const;

/**
 * Rows of files of which rows are quarantined, or that are rejected: their lane is asked to reprocess them, as hand-offs of their own. The
 * request has the plan's name, so a file that is asked for twice is reprocessed once.
 */
export async function* resubmitFiles(
  { search, workQueues }: JobPorts,
  selection: Asked,
): AsyncGenerator<UnitPage> {
  const { state } = selection.filter;
  const states = allStates.filter(each => state === undefined || each === state);
  for await (const { handoffs, ...page } of handoffPages(search, selection, states))
    yield {
      units: handoffs.filter(isLeftToReprocess).map(each => unitOf(each, selection, workQueues)),
      ...page,
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
