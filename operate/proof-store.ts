import type { DayCounts } from './core/proof/day-counts.ts';
import type { Proof } from './core/proof/proof.ts';
import type { DayReceipts } from './core/proof/received.ts';
import type { Standing } from './core/proof/standing.ts';

/** What was proven of files, and what is missing of deliveries and batches. */
export interface Proofs {
  find(unit: string): Promise<Proof | undefined>;
  /** Over an earlier one. */
  keep(proof: Proof): Promise<void>;
}

/** What operators decided about units whose missing events would say something else now. */
export interface Decisions {
  /** Whether they may be published all the same. */
  mayDiffer(unit: string): Promise<boolean>;
  /** Repeatable. */
  allow(unit: string): Promise<void>;
}

/** A standing as it is stored. */
export interface StoredStanding {
  readonly standing: Standing;
  /** Counts how often it was stored. */
  readonly revision: number;
}

/** How far the trails of deliveries and batches are proven. */
export interface Standings {
  find(integration: string): Promise<StoredStanding | undefined>;
  /** Over the one that was read. False where another run stored one meanwhile. */
  keep(integration: string, standing: Standing, over: StoredStanding | undefined): Promise<boolean>;
  day(integration: string, day: string): Promise<DayCounts | undefined>;
  /** Over earlier counts. */
  keepDay(integration: string, day: string, counts: DayCounts): Promise<void>;
  /** What consumers reported of a day’s events. */
  receipts(integration: string, day: string): Promise<DayReceipts | undefined>;
  /** Over earlier ones. */
  keepReceipts(integration: string, day: string, receipts: DayReceipts): Promise<void>;
}
