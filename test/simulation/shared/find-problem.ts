import { run, type World } from './run.ts';

/** The first problem that one of the seeds shows. */
export async function findProblem(
  seeds: readonly string[],
  make: (seed: string) => World,
): Promise<string | undefined> {
  for (const seed of seeds) {
    const { problems } = await run(make(seed));
    if (problems[0] !== undefined) return problems[0];
  }
  return undefined;
}
