import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { itemAt } from '#shared/contract/item-at.ts';
import { builtAt } from './build.ts';

const run = promisify(execFile);

/** Runs a subject in a fresh process and reads what it prints. */
export const runSubject = <T>(name: string, ...args: string[]): Promise<T> => runSubjectIn({}, name, args);

/** A subject that takes longer hangs. */
const subjectMillisecondsMax = 300_000;

/** The same, with more in its environment. */
export async function runSubjectIn<T>(
  environment: NodeJS.ProcessEnv,
  name: string,
  args: readonly string[],
): Promise<T> {
  const env = { ...process.env, ...environment };
  const { stdout } = await run(process.execPath, [`${builtAt}/${name}.mjs`, ...args], {
    env,
    timeout: subjectMillisecondsMax,
  });
  return JSON.parse(stdout) as T;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return itemAt(sorted, sorted.length >> 1, 'value');
}

/** Runs each in turn, round after round, so that what else the machine does falls on all alike; gives the answers of each. */
export async function interleaved<T>(
  rounds: number,
  subjects: readonly (() => Promise<T>)[],
): Promise<T[][]> {
  const runs = subjects.map(subject => ({ subject, answers: [] as T[] }));
  for (let round = 0; round < rounds; round++) {
    for (const { subject, answers } of runs) answers.push(await subject());
  }
  return runs.map(({ answers }) => answers);
}
