import type { Bus, Clock, Files, InputSwitch, Log, Queue } from '#shared/ports.ts';
import type { BatchEntry } from './core/feed/batch-entry.ts';
import type { HighMark } from './core/feed/high-mark.ts';

/** Drifts that were reported before, so that each is reported once. Keys begin with `<integration>#`. */
export interface ReportedDrifts {
  has(key: string): Promise<boolean>;
  /** Repeatable. */
  add(key: string): Promise<void>;
}

/** A mark as it is stored. */
export interface StoredMark {
  readonly mark: HighMark;
  /** Counts how often it was stored. */
  readonly revision: number;
}

/** The highest places of the logs that a shard carries. Keys begin with `<integration>#`. */
export interface HighMarks {
  read(key: string): Promise<StoredMark | undefined>;
  /** Stores the mark over the one that was read, or the first of its key. False where another was stored meanwhile. */
  store(key: string, mark: HighMark, over: StoredMark | undefined): Promise<boolean>;
}

/** The books of batches, kept for a few days: the audit trail is written from them. */
export interface KeptBooks {
  /** Over those of an earlier attempt. Repeatable. */
  keep(entry: BatchEntry): Promise<void>;
}

/** All that the CDC feed flow uses. */
export interface CdcFeedPorts {
  readonly files: Pick<Files, 'read' | 'write' | 'uri'>;
  readonly reportedDrifts: ReportedDrifts;
  readonly highMarks: HighMarks;
  readonly books: KeptBooks;
  readonly bus: Bus;
  /** For what operators and the auditor ask for. The stream stops with its event source mapping. */
  readonly input: InputSwitch;
  /** Where operators are notified of quarantined changes. */
  readonly changesQueue: Pick<Queue, 'send'>;
  readonly clock: Clock;
  readonly log: Log;
}
