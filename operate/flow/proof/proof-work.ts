import type { Invocation } from '#shared/ports.ts';
import type { KnownIntegration } from '../../core/known-integration.ts';
import type { ProofState } from '../../core/proof/proof.ts';
import type { ExpectedReceipts } from '../../core/proof/received.ts';
import type { ProofPorts } from '../../ports.ts';

export interface ProofWork {
  readonly integrations: readonly KnownIntegration[];
  readonly ports: ProofPorts;
  /** What consumers report. */
  readonly expected: ExpectedReceipts;
  readonly invocation: Pick<Invocation, 'remainingMilliseconds'>;
  /** How long after a unit's books were closed the bus log may lack its events. */
  readonly graceSeconds: number;
}

/** `waiting`: the log may be late. */
export type ProofEnd = ProofState | 'waiting';

/** How many units ended so. */
export type ProvenUnits = Readonly<Record<ProofEnd, number>>;

export const noUnits: ProvenUnits = {
  proven: 0,
  missing: 0,
  held: 0,
  changed: 0,
  unlike: 0,
  gone: 0,
  waiting: 0,
};

const ends = Object.keys(noUnits) as ProofEnd[];

export const addUnits = (one: ProvenUnits, other: ProvenUnits): ProvenUnits =>
  Object.fromEntries(ends.map(end => [end, one[end] + other[end]])) as Record<ProofEnd, number>;
