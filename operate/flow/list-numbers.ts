import { limits } from '#shared/contract/limits.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import { dayAfter, dayOf } from '../core/audit/days.ts';
import { dayNumbers, laneNumbers, trailNumbers } from '../core/day-numbers.ts';
import type { KnownIntegration } from '../core/known-integration.ts';
import { integrationOf } from '../core/known-integrations.ts';
import type { InputOf, OutputOf } from '../core/operations.ts';
import type { Work } from './work.ts';

/** The five numbers of each integration for the units that came on one day. */
export async function listNumbers(
  { integrations, ports }: Work,
  { day = dayOf(ports.clock.now()), integration }: InputOf<'listNumbers'>,
): Promise<OutputOf<'listNumbers'>> {
  const asked = integration === undefined ? integrations : [integrationOf(integrations, integration)];
  const read = await inParallel(asked, limits.callsInFlightMax, async of => {
    const receipts = await ports.standings.receipts(of.id, day);
    const found =
      of.kind === 'file-lane' ? await readLane(ports, of, day) : await readTrailCounts(ports, of, day);
    return { numbers: dayNumbers(of, found, receipts), at: receipts?.at };
  });
  const at = read.flatMap(each => each.at ?? []).sort();
  return { day, receiptsAt: at.at(-1) ?? null, numbers: read.map(({ numbers }) => numbers) };
}

async function readLane({ search, proofs }: Work['ports'], { id }: KnownIntegration, day: string) {
  const from = `${day}T00:00:00.000Z`;
  const to = `${dayAfter(day)}T00:00:00.000Z`;
  const page = await search.list({ integration: id, from, to, limit: limits.booksHandoffsMax });
  const found = await inParallel(page.handoffs, limits.callsInFlightMax, handoff => proofs.find(handoff.id));
  return laneNumbers(page.handoffs, found, page.next !== undefined);
}

async function readTrailCounts(
  { standings, proofs, reconciliations }: Work['ports'],
  { id, kind }: KnownIntegration,
  day: string,
) {
  const [counts, stored, marks] = await Promise.all([
    standings.day(id, day),
    standings.find(id),
    kind === 'webhook-fence' ? reconciliations.marks(id) : undefined,
  ]);
  const open = (stored?.standing.open ?? []).filter(claim => claim.day === day);
  const undelivered = marks?.listing?.missing
    .filter(({ at }) => at.startsWith(day))
    .map(({ id: item }) => item);
  const known = await inParallel(open, limits.callsInFlightMax, ({ unit }) => proofs.find(unit));
  return trailNumbers({ counts, open, proofs: known, undelivered });
}
