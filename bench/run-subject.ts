import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { builtAt } from './build.ts';

const run = promisify(execFile);

/** Runs a subject in a fresh process and reads what it prints. */
export async function runSubject<T>(name: string, ...args: string[]): Promise<T> {
  const { stdout } = await run(process.execPath, [`${builtAt}/${name}.mjs`, ...args]);
  return JSON.parse(stdout) as T;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

/** Runs each in turn, round after round, so that what else the machine does falls on all alike; gives the answers of each. */
export async function interleaved<T>(
  rounds: number,
  subjects: readonly (() => Promise<T>)[],
): Promise<T[][]> {
  const answers = subjects.map((): T[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, subject] of subjects.entries()) answers[i]!.push(await subject());
  }
  return answers;
}
