import * as z from 'zod';
import type { Chunk, HandoffState } from '#adapters/file-lane/core/outcome/handoff.ts';
import type { HandoffSummary } from '#adapters/file-lane/core/outcome/handoff-query.ts';
import { limits } from '#shared/contract/limits.ts';
import { cursorOf, placeOf } from '../../core/cursor.ts';
import { handoffLine } from '../../core/handoff-line.ts';
import { type FilterOf, unsettledStates } from '../../core/plan/plan-kinds.ts';
import { resumeMessages } from '../../core/reconcile/resume-messages.ts';
import type { JobPorts } from '../../plan-ports.ts';
import type { PlanKind, PlanUnit, Selection, UnitEnd, UnitPage } from './plan-kind.ts';

/**
 * Files in work that nobody works on: their lane is asked to go on at the checkpoint, with the messages that the reconciler sends. A lane
 * takes each of them twice without doing the work twice.
 */
export const settle: PlanKind<FilterOf<'settle'>> = { isInOrder: false, select };

type Asked = Selection<FilterOf<'settle'>>;

/** Where a page ended: a state, and a hand-off in it. */
const place = z.strictObject({
  state: z.enum(unsettledStates),
  after: z.strictObject({ id: z.string(), sortedBy: z.string() }).optional(),
});

async function* select(ports: JobPorts, selection: Asked): AsyncGenerator<UnitPage> {
  const from = placeOf(place, selection.after);
  const asked = selection.filter.state;
  const states = unsettledStates.filter(state => asked === undefined || state === asked);
  for (const state of from ? states.slice(states.indexOf(from.state)) : states)
    yield* selectIn(ports, selection, { state, after: state === from?.state ? from.after : undefined });
}

async function* selectIn(
  ports: JobPorts,
  selection: Asked,
  { state, after }: z.infer<typeof place>,
): AsyncGenerator<UnitPage> {
  const { integration, known, filter, until } = selection;
  const query = {
    ...{ integration, state, limit: limits.pageEntriesMax },
    keyPrefix: filter.file === undefined ? undefined : `${known.inPrefix ?? ''}${filter.file}`,
    to: new Date(until).toISOString(),
  };
  let reached = after;
  do {
    const { handoffs, next } = await ports.search.list({ ...query, after: reached });
    const units: PlanUnit[] = [];
    for (const handoff of handoffs)
      if (!(await isInWork(ports, handoff.id))) units.push(unitOf(ports, selection, handoff));
    reached = next;
    const on = next ? { state, after: next } : placeAfter(state);
    yield on ? { units, next: cursorOf(on) } : { units };
  } while (reached);
}

/** Files of a page are still in work when it is done: a job that goes on must not begin with them again. */
function placeAfter(state: z.infer<typeof place>['state']): z.infer<typeof place> | undefined {
  const next = unsettledStates[unsettledStates.indexOf(state) + 1];
  return next && { state: next };
}

const isInWork = async ({ leases, clock }: JobPorts, handoffId: string): Promise<boolean> =>
  (await leases.leasedUntil(handoffId)) > clock.now();

const unitOf = (ports: JobPorts, selection: Asked, handoff: HandoffSummary): PlanUnit => ({
  id: handoff.id,
  about: `${handoffLine(handoff, selection.known).file}: ${handoff.state}${handoff.fault ? `, ${handoff.fault.code}` : ''}`,
  isRepeat: false,
  perform: () => goOn(ports, handoff),
});

const isOpen = (state: HandoffState): boolean => unsettledStates.some(open => open === state);

async function goOn(ports: JobPorts, { id, integration }: HandoffSummary): Promise<UnitEnd> {
  const handoff = await ports.ledger.find(id);
  if (!handoff || !isOpen(handoff.state)) return { kind: 'done' };
  if (await isInWork(ports, id)) return { kind: 'failed', reason: 'somebody works on it now' };
  const chunks: readonly Chunk[] = handoff.pass ? await ports.ledger.chunks(id, handoff.pass) : [];
  for (const message of resumeMessages(handoff, chunks, ports.inboundBucket))
    await ports.workQueues.send(integration, message);
  return { kind: 'done' };
}
