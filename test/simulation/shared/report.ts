import { execFileSync } from 'node:child_process';
import type { Campaign, Failure, Subject } from './campaign.ts';

/** Marks are demanded of campaigns that are long enough to reach them. */
const seedsForMarks = 1_000;

interface Progress {
  readonly done: number;
  readonly of: number;
  readonly failures: number;
  /** Epoch milliseconds. */
  readonly begun: number;
}

export function showProgress(name: string, { done, of, failures, begun }: Progress): void {
  const width = 30;
  const filled = Math.floor((width * done) / of);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(width - filled)}`;
  const seconds = (Date.now() - begun) / 1000;
  const speed = `${(done / seconds).toFixed(1)} a second, ${seconds.toFixed(0)} s`;
  if (process.stderr.isTTY || done === of)
    process.stderr.write(`\r${name} ${bar} ${done} of ${of} seeds, ${failures} failed, ${speed}`);
}

export function print({ name }: Subject, { seed, problems, faults, numbers }: Failure): void {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  say(`\n${name}, seed ${seed}, commit ${commit}: ${problems.length === 0 ? 'nothing is wrong' : 'FAILED'}`);
  if (problems.length === 0) return;
  for (const problem of problems.slice(0, 20)) say(`  ${problem}`);
  say(`  ${faults.length} faults are enough:`);
  for (const { at, kind } of faults) say(`    ${at}: ${kind}`);
  say(`  npm run simulate -- --adapter ${name} --seed ${seed} --only ${numbers.join(',') || '""'}`);
}

/** Whether a mark was never reached. */
export function reportMarks({ name }: Subject, { marks }: Campaign, seeds: number): boolean {
  say(`${name}: seeds that reached each mark`);
  for (const [mark, times] of marks) say(`  ${String(times).padStart(6)}  ${mark}`);
  const missing = [...marks].filter(([, times]) => times === 0).map(([mark]) => mark);
  if (missing.length === 0 || seeds < seedsForMarks) return false;
  say(`  never reached: ${missing.join(', ')}`);
  return true;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
