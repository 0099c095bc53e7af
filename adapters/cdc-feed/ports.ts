import type { Bus, Clock, Files, Log, Queue } from '#shared/ports.ts';

/** Drifts that were reported before, so that each is reported once. Keys begin with `<integration>#`. */
export interface ReportedDrifts {
  has(key: string): Promise<boolean>;
  /** Repeatable. */
  add(key: string): Promise<void>;
}

/** All that the CDC feed flow uses. */
export interface CdcFeedPorts {
  readonly files: Pick<Files, 'write' | 'uri'>;
  readonly reportedDrifts: ReportedDrifts;
  readonly bus: Bus;
  /** Where operators are notified of quarantined changes. */
  readonly changesQueue: Pick<Queue, 'send'>;
  readonly clock: Clock;
  readonly log: Log;
}
