import type { Bus, Clock, Files, Log, Queue } from '#shared/ports.ts';

/** What was announced before, so that it is announced once. Keys begin with `<integration>#`. */
export interface Announced {
  has(key: string): Promise<boolean>;
  /** Repeatable. */
  add(key: string): Promise<void>;
}

/** All that the CDC feed flow uses. */
export interface CdcFeedPorts {
  readonly files: Pick<Files, 'write' | 'uri'>;
  readonly announced: Announced;
  readonly bus: Bus;
  /** Where quarantined changes are announced. */
  readonly changesQueue: Pick<Queue, 'send'>;
  readonly clock: Clock;
  readonly log: Log;
}
