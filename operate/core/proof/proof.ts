/**
 * Whether all events that a unit claims to have published are on the bus. `proven`: the same, by count and digest. `missing`: some
 * were not there, and its integration was asked to publish them. Nothing of the unit is published in the other states. `held`, for some of
 * them: they are older than an event of their aggregate on the bus. `changed`: the same events say something else by the contract as it is
 * now, and an operator decides. `unlike`: the contract makes other events now. `gone`: what they are made of is no longer kept.
 */
export const proofStates = ['proven', 'missing', 'held', 'changed', 'unlike', 'gone'] as const;

export type ProofState = (typeof proofStates)[number];

export interface Proof {
  /** The hand-off's id, or the key in the raw bucket of a delivery or a batch. */
  readonly unit: string;
  readonly state: ProofState;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Events that the unit claims. */
  readonly claimed: number;
  /** Of them and of others of the unit, those on the bus, repeats counted once. */
  readonly onBus: number;
  /** Ids of events that were missing, the first of them; also of those that are published since. */
  readonly missing: readonly string[];
}
