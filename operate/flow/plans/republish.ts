import * as z from 'zod';
import { limits } from '#shared/contract/limits.ts';
import { cursorOf, placeOf } from '../../core/cursor.ts';
import type { FilterOf } from '../../core/plan/plan-kinds.ts';
import type { Proof } from '../../core/proof/proof.ts';
import type { JobPorts } from '../../plan-ports.ts';
import type { PlanKind, PlanUnit, Selection, UnitPage } from './plan-kind.ts';

/**
 * Units whose missing events would say something else by the contract as it is now. The plan is the decision that they are published all
 * the same. The auditor has it done in its next run: see docs/decisions/0078-healing-publishes-what-was-claimed.md.
 */
export const republish: PlanKind<FilterOf<'republish'>> = { isInOrder: false, select };

type Asked = Selection<FilterOf<'republish'>>;

/** Where a page ended. */
const place = z.strictObject({ id: z.string(), sortedBy: z.string() });

async function* select(ports: JobPorts, selection: Asked): AsyncGenerator<UnitPage> {
  if (selection.known.kind === 'file-lane') return yield* filesIn(ports, selection);
  const stored = await ports.standings.find(selection.integration);
  const ids = (stored?.standing.open ?? []).map(({ unit }) => unit);
  yield { units: await unitsIn(ports, selection, ids) };
}

/** Files that the auditor still looks at. */
async function* filesIn(ports: JobPorts, selection: Asked): AsyncGenerator<UnitPage> {
  const { integration, until } = selection;
  const from = new Date(until - limits.proofLookBackHours * 3_600_000).toISOString();
  const query = { integration, from, to: new Date(until).toISOString(), limit: limits.pageEntriesMax };
  let after = placeOf(place, selection.after);
  do {
    const page = await ports.search.list({ ...query, after });
    const ids = page.handoffs.map(({ id }) => id);
    const units = await unitsIn(ports, selection, ids);
    after = page.next;
    yield after ? { units, next: cursorOf(after) } : { units };
  } while (after);
}

async function unitsIn(
  ports: JobPorts,
  { filter }: Asked,
  ids: readonly string[],
): Promise<readonly PlanUnit[]> {
  const units: PlanUnit[] = [];
  for (const id of ids.filter(unit => filter.unit === undefined || unit === filter.unit)) {
    const proof = await ports.proofs.find(id);
    if (proof?.state === 'changed') units.push(await unitOf(ports, proof));
  }
  return units;
}

const unitOf = async ({ decisions }: JobPorts, { unit, claimed, onBus }: Proof): Promise<PlanUnit> => ({
  id: unit,
  about: `${unit}: ${Math.max(0, claimed - onBus)} of ${claimed} events are not on the bus`,
  isRepeat: await decisions.mayDiffer(unit),
  perform: async () => {
    await decisions.allow(unit);
    return { kind: 'done' };
  },
});
