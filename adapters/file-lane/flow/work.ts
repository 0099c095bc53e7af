import { type Fault, fault } from '#shared/contract/fault.ts';
import { EdgeError } from '#shared/core/log/edge-error.ts';
import { AccessDenied, type Invocation } from '#shared/ports.ts';
import type { FileLane } from '../contract/file-lane.ts';
import type { FileLanePorts, Lease } from '../ports.ts';
import type { Arrival } from './arrival.ts';

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
  /** Of lanes whose files are encrypted or signed. */
  readonly unseal?: Unseal | undefined;
}

/** What becomes of the message that brought the work: it is finished, or comes again after so many seconds. */
export type Verdict = { readonly kind: 'done' } | { readonly kind: 'later'; readonly seconds: number };

export const done: Verdict = { kind: 'done' };

export const laterAt = (epochMilliseconds: number, now: number): Verdict => ({
  kind: 'later',
  seconds: Math.max(1, Math.ceil((epochMilliseconds - now) / 1000)),
});

/** The work stops at its last checkpoint and the queue brings it again. Nothing is blamed on the input. */
export class WorkStopped extends EdgeError {
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

/** Takes a step; what stops the work is kept in the ledger, where operators look, before it is thrown on. */
export async function noting<T>({ ports }: Work, handoffId: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    const stop = stopOf(error);
    try {
      await ports.ledger.note(handoffId, stop?.fault ?? unexpected(error));
    } catch (problem) {
      ports.log.warn('fault not noted', { handoffId, error: problem });
    }
    throw stop ?? error;
  }
}

/** Names the error's kind only: its message may hold what the input held. */
const unexpected = (error: unknown): Fault =>
  fault('WORK_FAILED', {}, `the work failed with ${error instanceof Error ? error.name : 'a value'}`);

/** Work that was stopped, whichever port said so; undefined for what may be a bug. */
function stopOf(error: unknown): WorkStopped | undefined {
  if (error instanceof WorkStopped) return error;
  if (!(error instanceof AccessDenied)) return undefined;
  return new WorkStopped(fault('ACCESS_DENIED', {}, error.message), { cause: error });
}

/**
 * Decrypts and verifies an object's bytes as its lane demands. Wired in only where a contract asks for it, so that the
 * bundles of all other lanes stay without what it needs. Only when the last piece was read are the pieces to be trusted.
 * @throws FileFault of a code in `sealFaults`, or for what expands too much.
 */
export type Unseal = (
  work: Work,
  arrival: Arrival,
  whole: AsyncIterable<Uint8Array>,
  bytes: number,
) => AsyncIterable<Uint8Array>;
