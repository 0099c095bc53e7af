import type { Fault } from '#shared/contract/fault.ts';
import { EdgeError } from '#shared/core/log/edge-error.ts';
import type { Invocation } from '#shared/ports.ts';
import type { FileLane } from '../contract/file-lane.ts';
import type { FileLanePorts } from '../ports.ts';
import type { Arrival } from './arrival.ts';

/** Sizes that tests and benchmarks may set smaller than production's. */
export interface Bounds {
  readonly chunkBytesMax: number;
  readonly checkpointRecordsMax: number;
  readonly checkpointBytesMax: number;
  readonly sectionBytesMin: number;
}

/** What every step of a file's way works with. */
export interface Work {
  readonly lane: FileLane;
  readonly ports: FileLanePorts;
  readonly invocation: Invocation;
  readonly bounds: Bounds;
  /** Hides the message in work from others for so many seconds from now. Undefined where no queue brought it. */
  readonly hideMessage?: ((seconds: number) => Promise<void>) | undefined;
  /**
   * Called between the parts of long work: what is leased stays so for a while (milliseconds; default: `leaseMilliseconds`). Undefined
   * before anything is leased.
   */
  readonly keepLeases?: ((milliseconds?: number) => Promise<void>) | undefined;
  /** Of lanes whose files are encrypted or signed. */
  readonly decryptAndVerify?: DecryptAndVerify | undefined;
}

/** What the queue does with a message: it is finished, or comes again after so many seconds. */
export type Reception = { readonly kind: 'done' } | { readonly kind: 'later'; readonly seconds: number };

/**
 * How the work that a message brought ended. `later`: an object is still to come. `waiting`: another invocation works on it,
 * and may itself wait for the bus; so it is waited for as long as for the bus.
 */
export type Verdict = Reception | { readonly kind: 'waiting'; readonly seconds: number };

export const done: Reception = { kind: 'done' };

export const waitingUntil = (epochMilliseconds: number, now: number): Verdict => ({
  kind: 'waiting',
  seconds: Math.max(1, Math.ceil((epochMilliseconds - now) / 1000)),
});

/** The work stops at its last checkpoint, and the queue delivers its message again. The input is not at fault. */
export class WorkStopped extends EdgeError {
  override readonly name = 'WorkStopped';
  readonly fault: Fault;

  constructor(fault: Fault, options?: ErrorOptions) {
    super(`${fault.code}: ${fault.detail}`, options);
    this.fault = fault;
  }
}

/**
 * Decrypts and verifies an object's bytes as its lane demands. Wired in only where a contract asks for it, so that the
 * bundles of all other lanes stay without OpenPGP. The pieces can be trusted only when the last one was read.
 * @throws FileFault of a code in `protectionFaults`, or for what expands too much.
 */
export type DecryptAndVerify = (
  work: Work,
  arrival: Arrival,
  whole: AsyncIterable<Uint8Array>,
  bytes: number,
) => AsyncIterable<Uint8Array>;
