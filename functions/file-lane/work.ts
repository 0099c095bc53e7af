import type { FileLane } from '../../shared/contract/define-file-lane.ts';
import type { Fault } from '../../shared/contract/fault.ts';
import type { FileLanePorts, Lease } from '../../shared/ports.ts';

/** One invocation of the lane's function. */
export interface Invocation {
  /** Unique; names the owner of the leases it takes. */
  readonly id: string;
  readonly remainingMilliseconds: () => number;
}

/** Sizes that tests and benchmarks may set smaller than production's. */
export interface Bounds {
  readonly chunkBytesMax: number;
  readonly checkpointRecordsMax: number;
  readonly checkpointBytesMax: number;
}

/** What every step of a file's way works with. */
export interface Work {
  readonly lane: FileLane;
  readonly ports: FileLanePorts;
  readonly invocation: Invocation;
  readonly bounds: Bounds;
}

/** What becomes of the message that brought the work: it is finished, or comes again after so many seconds. */
export type Verdict = { readonly kind: 'done' } | { readonly kind: 'later'; readonly seconds: number };

export const done: Verdict = { kind: 'done' };

export const laterAt = (epochMilliseconds: number, now: number): Verdict => ({
  kind: 'later',
  seconds: Math.max(1, Math.ceil((epochMilliseconds - now) / 1000)),
});

/** The work stops at its last checkpoint and the queue brings it again. Nothing is blamed on the input. */
export class WorkStopped extends Error {
  override readonly name = 'WorkStopped';
  readonly fault: Fault;

  constructor(fault: Fault, options?: ErrorOptions) {
    super(`${fault.code}: ${fault.detail}`, options);
    this.fault = fault;
  }
}

/** A lease for as long as this invocation can live, and a second. */
export function leaseOf({ invocation, ports }: Work): Lease {
  const now = ports.clock.now();
  return { owner: invocation.id, now, until: now + invocation.remainingMilliseconds() + 1_000 };
}
