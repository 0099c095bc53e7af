import type { Log } from '#shared/ports.ts';
import type { ExpiringBucket, ExpiryRule } from './core/retention/expiry-rules.ts';

/** The rules by which objects of a bucket are deleted with their age. */
export interface ExpiryRules {
  read(bucket: ExpiringBucket): Promise<readonly ExpiryRule[]>;
  /** Replaces all of them. */
  write(bucket: ExpiringBucket, rules: readonly ExpiryRule[]): Promise<void>;
}

export interface RetentionPorts {
  readonly rules: ExpiryRules;
  readonly log: Log;
}
