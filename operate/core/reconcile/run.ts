import type { Tallied } from './results.ts';

/** What a run found, as operators see it. Times in ISO 8601 UTC. */
export interface Run extends Tallied {
  readonly startedAt: string;
  /** None while it is under way. */
  readonly completedAt?: string | undefined;
  /** Integrations whose comparison failed. */
  readonly failed: readonly string[];
}
