import type { Contracts } from '#infra/contracts.ts';
import type { Cloud } from './cloud.ts';

/** What a demonstration is given. */
export interface DemoProps {
  readonly cloud: Cloud;
  readonly contracts: Contracts;
  /** Called when a sample's file, request or recording is settled. */
  readonly tick: () => void;
}

/** What came of the samples of one kind. */
export interface DemoRun {
  /** How many were given, and of what: `24 files`. */
  readonly count: number;
  readonly unit: string;
  /** How many ended in what way. */
  readonly ends: Readonly<Record<string, number>>;
  readonly table: string;
  /** What did not come out as the samples say. */
  readonly differences: readonly string[];
  /** What was left out, and why. */
  readonly notes: readonly string[];
  /** An answer in full, and what to try by hand. */
  readonly details: () => Promise<string>;
}

/** Gives every integration of one kind that is up its samples. Undefined when none is up. */
export type KindDemo = (props: DemoProps) => Promise<DemoRun | undefined>;

/** Counts the words. */
export function countEach(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
