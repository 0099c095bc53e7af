/**
 * Whether all events that a file claims to have published are on the bus. `proven`: the same, by count and digest. `missing`: some
 * were not there, and its lane was asked to publish them. `unlike`: the lane derives other events now, so it published none.
 */
export type ProofState = 'proven' | 'missing' | 'unlike';

export interface Proof {
  readonly handoffId: string;
  readonly state: ProofState;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Events that the file claims. */
  readonly claimed: number;
  /** Of them and of others of the file, those on the bus, repeats counted once. */
  readonly onBus: number;
  /** Ids of events that were missing, the first of them; also of those that are published since. */
  readonly missing: readonly string[];
}
