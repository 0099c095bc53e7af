import type { OperateWorld } from './world.ts';

/** What must be true of the operator's side at rest. Each gives what is not. */
export async function brokenOperations(world: OperateWorld): Promise<readonly string[]> {
  return [
    ...unendedPlans(world),
    ...wronglyCounted(world),
    ...reprocessedTwice(world),
    ...notReplayed(world),
    ...(await notOnTheLog(world)),
    ...(await notProven(world)),
  ];
}

const unendedPlans = ({ allPlans }: OperateWorld): string[] =>
  allPlans
    .filter(({ state }) => !['done', 'failed', 'cancelled'].includes(state))
    .map(({ id, state }) => `plan ${id} never ends: it is ${state}`);

const wronglyCounted = ({ allPlans }: OperateWorld): string[] =>
  allPlans
    .filter(({ progress, found }) => progress.done + progress.failed > found.units)
    .map(({ id, progress, found }) => `plan ${id} did ${progress.done} units of ${found.units}`);

/** Of each file, a plan makes one hand-off, under its name. */
function reprocessedTwice({ lane, allPlans }: OperateWorld): string[] {
  const plans = new Set(allPlans.map(({ id }) => id));
  return lane.ports.ledger
    .all()
    .flatMap(({ id, reprocesses }) =>
      reprocesses && !plans.has(reprocesses.request)
        ? [`hand-off ${id} reprocesses ${reprocesses.handoffId}, and no plan asked for it`]
        : [],
    );
}

/** A plan that is done sent each unit that it counted. A consumer sees each event in one form. */
function notReplayed({ replays, replayed, busLog, allPlans }: OperateWorld): string[] {
  const toConsumer = allPlans.filter(
    ({ kind, state, filter }) => kind === 'replay' && state === 'done' && 'consumer' in filter,
  );
  const most = Math.max(0, ...toConsumer.map(({ progress }) => progress.done));
  return [
    ...(replays < most ? [`${most} events are said to be replayed, ${replays} came`] : []),
    ...[...replayed].flatMap(([id, forms]) => [
      ...(busLog.ids.has(id) ? [] : [`event ${id} was replayed, and is not in the log`]),
      ...(forms.size > 1 ? [`event ${id} was replayed in ${forms.size} forms`] : []),
    ]),
  ];
}

/** Whatever the bus lost was found, and published again, or the auditor says that its file is not there any more. */
async function notOnTheLog(world: OperateWorld): Promise<string[]> {
  const problems: string[] = [];
  for (const [unit, ids] of lostEvents(world)) {
    const isSaid = isErased(world, unit) && (await world.proofOf(unit)) === 'unlike';
    if (!isSaid) problems.push(`${ids.size} events of ${unit} were lost on the bus, and nobody noticed`);
  }
  return problems;
}

/** Ids of events that are not in the bus log, by their hand-off. */
function lostEvents({ lane, busLog }: OperateWorld): ReadonlyMap<string, ReadonlySet<string>> {
  const lost = new Map<string, Set<string>>();
  for (const { source, id, correlationid } of lane.ports.bus.details()) {
    if (source === 'edge' || busLog.ids.has(String(id))) continue;
    const unit = String(correlationid);
    lost.set(unit, (lost.get(unit) ?? new Set()).add(String(id)));
  }
  return lost;
}

function isErased({ lane }: OperateWorld, handoffId: string): boolean {
  const object = lane.ports.ledger.all().find(({ id }) => id === handoffId)?.object;
  const names = lane.dropped
    .filter(drop => drop.erasedAfterMilliseconds !== undefined)
    .map(({ name }) => name);
  return names.some(name => object?.key.endsWith(`/${name}`));
}

async function notProven(world: OperateWorld): Promise<string[]> {
  const { missing, unlike, waiting } = await world.prove();
  const erased = [...lostEvents(world).keys()].filter(unit => isErased(world, unit)).length;
  return missing + waiting === 0 && unlike === erased
    ? []
    : [
        `the auditor finds ${missing} files with missing events, ${unlike} that changed, ${waiting} to wait for`,
      ];
}
