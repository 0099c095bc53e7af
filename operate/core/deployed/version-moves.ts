import type { DeployedFunction, FunctionVersion, VersionMove } from './deployed-function.ts';

/** Versions of one deployment are published within this time. */
const deploymentMilliseconds = 300_000;

/**
 * To what was deployed before the last deployment. Functions that it left as they are stay. `note`: of who does it. What moved by the
 * same note before is counted as if it had not, so that it can be done again.
 */
export function movesBack(functions: readonly DeployedFunction[], note: string): readonly VersionMove[] {
  const before = functions.map(one => versionOf(one, liveBefore(one, note)).at);
  const since = Math.max(...before) - deploymentMilliseconds;
  const open = functions.filter(one => one.note !== note);
  return open.flatMap(one => {
    const older = one.versions.filter(({ at }) => at < since).at(-1);
    return older && Number(older.version) < Number(one.live) ? [move(one, older)] : [];
  });
}

/** To the newest versions. */
export const movesForward = (functions: readonly DeployedFunction[]): readonly VersionMove[] =>
  functions.flatMap(one => {
    const newest = one.versions.at(-1);
    return newest && newest.version !== one.live ? [move(one, newest)] : [];
  });

const move = ({ name, aliases, live }: DeployedFunction, { version }: FunctionVersion): VersionMove => ({
  name,
  aliases,
  from: live,
  to: version,
});

/** Where the alias was before who left the note moved it: the next version. */
function liveBefore({ live, note, versions }: DeployedFunction, of: string): string {
  if (note !== of) return live;
  return versions.find(({ version }) => Number(version) > Number(live))?.version ?? live;
}

const versionOf = ({ versions }: DeployedFunction, version: string): FunctionVersion =>
  versions.find(one => one.version === version) ?? { version, at: 0 };
