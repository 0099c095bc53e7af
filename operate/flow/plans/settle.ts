import type { Chunk, HandoffState } from '#adapters/file-lane/core/outcome/handoff.ts';
import type { HandoffSummary } from '#adapters/file-lane/core/outcome/handoff-query.ts';
import { handoffLine } from '../../core/handoff-line.ts';
import { type FilterOf, unsettledStates } from '../../core/plan/plan-kinds.ts';
import { resumeMessages } from '../../core/reconcile/resume-messages.ts';
import type { JobPorts } from '../../plan-ports.ts';
import { handoffPages } from './handoff-pages.ts';
import type { PlanKind, PlanUnit, Selection, UnitEnd, UnitPage } from './plan-kind.ts';

/**
 * Files in work that nobody works on: their lane is asked to go on at the checkpoint, with the messages that the reconciler sends. A lane
 * takes each of them twice without doing the work twice.
 */
export const settle: PlanKind<FilterOf<'settle'>> = { isInOrder: false, select };

type Asked = Selection<FilterOf<'settle'>>;

async function* select(ports: JobPorts, selection: Asked): AsyncGenerator<UnitPage> {
  const { state } = selection.filter;
  const states = unsettledStates.filter(each => state === undefined || each === state);
  for await (const { handoffs, ...page } of handoffPages(ports.search, selection, states)) {
    const units: PlanUnit[] = [];
    for (const handoff of handoffs)
      if (!(await isInWork(ports, handoff.id))) units.push(unitOf(ports, selection, handoff));
    yield { units, ...page };
  }
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
