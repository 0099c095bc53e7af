import { limits } from '#shared/contract/limits.ts';
import { EdgeError } from '#shared/core/log/edge-error.ts';
import type { DeployedFunction, VersionMove } from '../../core/deployed/deployed-function.ts';
import { movesBack, movesForward } from '../../core/deployed/version-moves.ts';
import type { JobPorts } from '../../plan-ports.ts';
import type { PlanKind, PlanUnit, Selection, UnitEnd, UnitPage } from './plan-kind.ts';

/** The functions of an integration cannot go to other versions. */
export class VersionsNotMoved extends EdgeError {
  override readonly name = 'VersionsNotMoved';
}

interface Way {
  readonly moves: (functions: readonly DeployedFunction[], note: string) => readonly VersionMove[];
  /** Whether it stops a deployment that is under way. */
  readonly stops: boolean;
  /** Why there may be nothing to do. */
  readonly nothing: string;
}

const movingVersions = (way: Way): PlanKind<object> => ({
  isInOrder: true,
  select: (ports, selection) => select(ports, selection, way),
});

/** Stops the deployment that is under way; where none is, goes back to what was deployed before the last one. */
export const rollback = movingVersions({
  moves: movesBack,
  stops: true,
  nothing: 'has no version before the one that works: deploy the commit that you want',
});

/** Undoes a rollback. A deployment that is under way goes on by itself. */
export const rollforward = movingVersions({
  moves: movesForward,
  stops: false,
  nothing: 'works by its newest version already',
});

async function* select(ports: JobPorts, selection: Selection<object>, way: Way): AsyncGenerator<UnitPage> {
  const { integration, known } = selection;
  const functions = await ports.deployed.functions(known);
  if (functions.length === 0)
    throw new VersionsNotMoved(`${integration} has no versions: its stack is not deployed`);
  yield { units: [{ id: integration, isRepeat: false, ...workOn(ports, selection, { functions, way }) }] };
}

/** @throws VersionsNotMoved when there is nothing to do, and nothing was done. */
function workOn(
  ports: JobPorts,
  selection: Selection<object>,
  { functions, way }: { readonly functions: readonly DeployedFunction[]; readonly way: Way },
): Pick<PlanUnit, 'about' | 'perform'> {
  const shifted = functions.find(({ canary }) => canary !== undefined);
  if (way.stops && shifted)
    return {
      about: `stops the deployment of ${shifted.name}, and takes it back`,
      perform: () => stop(ports, selection),
    };
  const note = noteOf(selection);
  const moves = way.moves(functions, note);
  if (moves.length === 0 && !functions.some(one => one.note === note))
    throw new VersionsNotMoved(`${selection.integration} ${way.nothing}`);
  return {
    about: moves.map(({ name, from, to }) => `${name}: version ${from} to ${to}`).join(', '),
    perform: () => moveAll(ports, moves, note),
  };
}

/** By which a job that comes back knows what it did. */
const noteOf = ({ plan }: Selection<object>): string => `plan ${plan.id}`;

async function moveAll(
  { deployed }: JobPorts,
  moves: readonly VersionMove[],
  note: string,
): Promise<UnitEnd> {
  for (const move of moves) await deployed.move(move, { version: move.to, note });
  return { kind: 'done' };
}

/** CodeDeploy takes back what it stops. What it does not know of, somebody began by hand. */
async function stop({ deployed, clock }: JobPorts, selection: Selection<object>): Promise<UnitEnd> {
  const { known } = selection;
  const note = noteOf(selection);
  for (const fn of await deployed.functions(known)) await deployed.note(fn, note);
  const isTakenBack = await deployed.stop(known);
  const until = clock.now() + limits.mappingWaitMilliseconds;
  for (;;) {
    const shifted = (await deployed.functions(known)).filter(({ canary }) => canary !== undefined);
    if (shifted.length === 0) return { kind: 'done' };
    if (clock.now() > until)
      return { kind: 'open', reason: `the deployment of ${known.id} was stopped, but is not taken back yet` };
    if (isTakenBack) await clock.sleep(limits.mappingPollMilliseconds);
    else for (const fn of shifted) await deployed.move(fn, { version: fn.live, note });
  }
}
