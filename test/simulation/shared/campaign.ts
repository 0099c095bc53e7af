import type { FaultOptions, Injected } from './faults.ts';
import { type Ran, run, type World } from './run.ts';
import { shrink } from './shrink.ts';

/** A system that can be simulated. */
export interface Subject {
  readonly name: string;
  readonly make: (options: FaultOptions) => World;
  /** Rare branches that a campaign has to reach. */
  readonly marks: readonly string[];
}

export interface Failure {
  readonly seed: string;
  readonly problems: readonly string[];
  /** The fewest faults that were found to bring a problem about, and their numbers among all of the seed's. */
  readonly faults: readonly Injected[];
  readonly numbers: readonly number[];
}

export interface Campaign {
  readonly failures: readonly Failure[];
  /** How many seeds reached each mark. */
  readonly marks: ReadonlyMap<string, number>;
}

export interface CampaignOptions {
  readonly seeds: readonly string[];
  /** Every so many seeds run twice, and have to end the same. */
  readonly twiceEvery: number;
  readonly failuresMax: number;
  readonly onProgress?: (done: number, failed: number) => void;
}

/** Runs the subject with each seed. A seed that fails is shrunk to its fewest faults. */
export async function runCampaign(
  subject: Subject,
  { seeds, twiceEvery, failuresMax, onProgress }: CampaignOptions,
): Promise<Campaign> {
  const failures: Failure[] = [];
  const marks = new Map(subject.marks.map(mark => [mark, 0]));
  for (const [n, seed] of seeds.entries()) {
    const ran = await run(subject.make({ seed }));
    for (const mark of ran.marks) marks.set(mark, (marks.get(mark) ?? 0) + 1);
    const problems = [...ran.problems];
    if (n % twiceEvery === 0) problems.push(...(await compareWithAnother(subject, seed, ran)));
    if (problems.length > 0) failures.push(await failureOf(subject, seed, { ...ran, problems }));
    onProgress?.(n + 1, failures.length);
    if (failures.length >= failuresMax) break;
  }
  return { failures, marks };
}

/** The same seed ends in the same state, or its failures could not be replayed. */
async function compareWithAnother({ make }: Subject, seed: string, { digest }: Ran): Promise<string[]> {
  const again = await run(make({ seed }));
  return again.digest === digest ? [] : ['a second run of the seed ended in another state'];
}

async function failureOf(subject: Subject, seed: string, { problems, injected }: Ran): Promise<Failure> {
  const fails = async (only: readonly Injected[]) => {
    const ran = await run(subject.make({ seed, only }));
    return ran.problems.length > 0;
  };
  const faults = await shrink(injected, fails);
  const numbers = faults.map(fault => injected.indexOf(fault));
  return { seed, problems, faults, numbers };
}
