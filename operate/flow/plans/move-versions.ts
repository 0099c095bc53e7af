import { limits } from '#shared/contract/limits.ts';
import { EdgeError } from '#shared/core/log/edge-error.ts';
import type { DeployedFunction, VersionMove } from '../../core/deployed/deployed-function.ts';
import { movesBack, movesForward } from '../../core/deployed/version-moves.ts';
import type { JobPorts } from '../../plan-ports.ts';
import type { PlanKind, Selection, UnitEnd, UnitPage } from './plan-kind.ts';

/** The functions of an integration cannot go to other versions. */
export class VersionsNotMoved extends EdgeError {
  override readonly name = 'VersionsNotMoved';
}

type Way = (functions: readonly DeployedFunction[], note: string) => readonly VersionMove[];

/** Stops the deployment that is under way; where none is, goes back to what was deployed before the last one. */
export const rollback: PlanKind<object> = {
  isInOrder: true,
  select: (ports, selection) => select(ports, selection, movesBack),
};

/** Undoes a rollback. A deployment that is under way goes on by itself. */
export const rollforward: PlanKind<object> = {
  isInOrder: true,
  select: (ports, selection) => select(ports, selection, movesForward),
};

async function* select(ports: JobPorts, selection: Selection<object>, way: Way): AsyncGenerator<UnitPage> {
  const { integration, known } = selection;
  const note = noteOf(selection);
  const functions = await ports.deployed.functions(known);
  if (functions.length === 0)
    throw new VersionsNotMoved(`${integration} has no versions: its stack is not deployed`);
  const stops = way === movesBack && functions.some(({ canary }) => canary !== undefined);
  const moves = stops ? [] : way(functions, note);
  const isDone = functions.some(one => one.note === note);
  if (!stops && moves.length === 0 && !isDone) throw new VersionsNotMoved(nothing(integration, way));
  const perform = (): Promise<UnitEnd> => (stops ? stop(ports, selection) : moveAll(ports, selection, moves));
  yield { units: [{ id: integration, about: aboutOf(functions, moves), isRepeat: false, perform }] };
}

const noteOf = ({ plan }: Selection<object>): string => `plan ${plan.id}`;

const nothing = (integration: string, way: Way): string =>
  way === movesBack
    ? `${integration} has no version before the one that works: deploy the commit that you want`
    : `${integration} works by its newest version already`;

const aboutOf = (functions: readonly DeployedFunction[], moves: readonly VersionMove[]): string =>
  moves.length > 0
    ? moves.map(({ name, from, to }) => `${name}: version ${from} to ${to}`).join(', ')
    : `stops the deployment of ${functions.find(({ canary }) => canary !== undefined)?.name ?? ''}, and takes it back`;

async function moveAll(
  { deployed }: JobPorts,
  selection: Selection<object>,
  moves: readonly VersionMove[],
): Promise<UnitEnd> {
  for (const move of moves) await deployed.move(move, { version: move.to, note: noteOf(selection) });
  return { kind: 'done' };
}

/** CodeDeploy takes back what it stops. What it does not know of, somebody began by hand. With the note, a job that comes back goes no further. */
async function stop(ports: JobPorts, selection: Selection<object>): Promise<UnitEnd> {
  const { deployed, clock } = ports;
  const { known } = selection;
  const note = noteOf(selection);
  for (const fn of await deployed.functions(known)) await deployed.note(fn, note);
  const isStopped = await deployed.stop(known);
  const until = clock.now() + limits.mappingWaitMilliseconds;
  for (;;) {
    const shifted = (await deployed.functions(known)).filter(({ canary }) => canary !== undefined);
    if (shifted.length === 0) return { kind: 'done' };
    if (!isStopped) for (const fn of shifted) await deployed.move(fn, { version: fn.live, note });
    else if (clock.now() > until)
      return { kind: 'open', reason: `the deployment of ${known.id} was stopped, but is not taken back yet` };
    else await clock.sleep(limits.mappingPollMilliseconds);
  }
}
