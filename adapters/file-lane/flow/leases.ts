import { fault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import { isBegun } from '../core/outcome/handoff.ts';
import { logLines } from '../core/outcome/log-lines.ts';
import type { ChunkMessage } from '../core/outcome/own-message.ts';
import type { ChunkRef, Lease } from '../ports.ts';
import { endAwaiting } from './end-awaiting.ts';
import { FailedAfterProgress } from './failed-after-progress.ts';
import { newDelivery } from './new-delivery.ts';
import { type At, ended, endWith, type Stage } from './stage.ts';
import { type Work, WorkStopped, waitingUntil } from './work.ts';

/** The leases of one message: at most one on the hand-off and one on a chunk. */
export class Leases {
  readonly #work: Work;
  #handoffId: string | undefined;
  /** Asked for the chunk that was worked on to its end. */
  #worked: ChunkMessage | undefined;
  #chunk: { readonly ref: ChunkRef; readonly fencingToken: number } | undefined;
  /** Epoch milliseconds: when the next heartbeat is due. */
  #nextBeat = 0;

  constructor(work: Work) {
    this.#work = work;
  }

  /**
   * Leases the hand-off before anything else. A second notification of the same version finds it busy, or settled; one of
   * another version, or of the same data under a new sidecar or signature, is another hand-off.
   */
  async open(stage: At<'opening'>): Promise<Stage> {
    await endAwaiting(this.#work, stage);
    return this.openDelivery({ ...stage, delivery: newDelivery(this.#work.lane, stage) });
  }

  /** Leases the hand-off of a delivery. */
  async openDelivery({ delivery, next }: Pick<At<'reopening'>, 'delivery' | 'next'>): Promise<Stage> {
    const { ports } = this.#work;
    const { id } = delivery;
    const opened = await ports.ledger.open(delivery, leaseOf(this.#work));
    if (opened.kind === 'busy') return this.#waitUntil(opened.until);
    if (opened.kind === 'settled') return ended;
    this.#handoffId = id;
    await this.#hideMessage();
    const handoff = opened.value;
    if (handoff.state === 'settling' && handoff.ending)
      return { at: 'ending', handoff, ending: handoff.ending };
    if ('refusal' in next) return { at: 'ending', handoff, ending: { fault: next.refusal } };
    if (isBegun(handoff)) return { at: 'begun', handoff };
    if ('fixed' in next) return { at: 'fixed', handoff, arrival: { ...next.fixed, object: handoff.object } };
    if ('rowsOf' in next) return { at: 'earlierRows', handoff, earlier: next.rowsOf };
    return { at: 'opened', handoff, arrival: { ...next.arrival, object: handoff.object } };
  }

  /**
   * Leases a chunk that is not done yet. When the message made progress at an earlier receive and its invocation died, a new
   * message does the rest: progress never uses up receives.
   */
  async leaseChunk({ handoff, message }: At<'chunk'>): Promise<Stage> {
    const { ledger } = this.#work.ports;
    const { pass, n } = message;
    const ref = { handoffId: handoff.id, pass, n };
    const leased = await ledger.leaseChunk(ref, leaseOf(this.#work));
    if (leased.kind === 'busy') return this.#waitUntil(leased.until);
    if (leased.kind === 'done') return { at: 'chunkDone', handoff, pass };
    this.#chunk = { ref, fencingToken: leased.value.fencingToken };
    await this.#hideMessage();
    const { nextByte } = leased.value.progress;
    if (nextByte > message.fromByte)
      return { at: 'short', handoff, rest: { ...message, fromByte: nextByte } };
    return { at: 'leased', handoff, message, chunk: leased.value };
  }

  /** Works on the leased chunk. What is done, or lost to another, needs no release. */
  async keepDuring({ message }: At<'leased'>, process: () => Promise<Stage>): Promise<Stage> {
    const next = await process();
    if (next.at === 'chunkDone') this.#worked = message;
    if (next.at !== 'short') this.#chunk = undefined;
    return next;
  }

  /**
   * The heartbeat, sent now and then: its leases and its message stay its own for a while. When the invocation dies they end soon
   * after the last heartbeat, so that another goes on.
   */
  async keep(milliseconds: number = limits.leaseMilliseconds): Promise<void> {
    if (!this.#isDue(milliseconds)) return;
    const { ledger } = this.#work.ports;
    const lease = leaseOf(this.#work, milliseconds);
    if (this.#handoffId !== undefined) await ledger.extend(this.#handoffId, lease);
    if (this.#chunk) {
      const { ref, fencingToken } = this.#chunk;
      await ledger.extendChunk(ref, { fencingToken, until: lease.until });
    }
    await this.#hideMessage(milliseconds);
  }

  /** Until the lease has ended. A queue gives a message to another when it likes, and then hides it no more: the leases decide. */
  async #hideMessage(milliseconds: number = limits.leaseMilliseconds): Promise<void> {
    const { ports, lane, hideMessage } = this.#work;
    if (!this.#isDue(milliseconds)) return;
    this.#nextBeat = ports.clock.now() + limits.leaseBeatMilliseconds;
    try {
      await hideMessage?.(Math.ceil(milliseconds / 1000) + leaseMarginSeconds);
    } catch (error) {
      ports.log.warn(logLines.messageNotHidden, { integration: lane.id, error });
    }
  }

  #isDue(milliseconds: number): boolean {
    return milliseconds > limits.leaseMilliseconds || this.#work.ports.clock.now() >= this.#nextBeat;
  }

  /** Frees what is leased and asks another invocation for the rest. */
  async handOn({ rest }: At<'short'>): Promise<Stage> {
    await this.release();
    const { hop } = rest;
    if (hop > limits.hopsMax) {
      const what = rest.kind === 'edge.chunk' ? `chunk ${rest.n}` : 'settling the file';
      throw new WorkStopped(fault('HANDED_ON_TOO_OFTEN', {}, `${what} was handed on ${hop - 1} times`));
    }
    await this.#work.ports.laneQueue.send([rest]);
    return ended;
  }

  /**
   * Takes the right to settle. The first who took it decided time and ending; a later contract changes neither. When the message
   * made progress at an earlier receive and its invocation died, a new message does the rest, as for a chunk.
   */
  async beginSettling({ handoff, ending, message }: At<'ending'>): Promise<Stage> {
    if (this.#worked && this.#work.invocation.remainingMilliseconds() < limits.settleMilliseconds)
      return this.#settleElsewhere(this.#worked);
    const lease = leaseOf(this.#work);
    const { ledger } = this.#work.ports;
    const settledAt = new Date(lease.now).toISOString();
    const { inspection } = handoff;
    const begun = await ledger.beginSettling(handoff.id, lease, { settledAt, ending, inspection });
    if (begun.kind === 'busy') return this.#waitUntil(begun.until);
    if (begun.kind === 'settled') return ended;
    this.#handoffId = handoff.id;
    await this.#hideMessage();
    const asked = message ?? { kind: 'edge.settle', handoffId: handoff.id, hop: 0, fromPart: 0 };
    const { parts = 0 } = begun.value.report ?? {};
    if (parts > asked.fromPart)
      return { at: 'short', handoff: begun.value, rest: { ...asked, fromPart: parts } };
    const { pass, ...end } = begun.value.ending ?? ending;
    const chunks = pass && (await ledger.chunks(handoff.id, pass));
    return { at: 'settling', handoff: begun.value, ending: { ...end, chunks }, message: asked };
  }

  /** Asks again for a chunk that is done: who takes the message finds all chunks done, and has all its time to settle. */
  async #settleElsewhere(message: ChunkMessage): Promise<Stage> {
    await this.#work.ports.laneQueue.send([message]);
    return ended;
  }

  /** What failed, or that it failed after a chunk was done: then a new message goes on, with all its receives. */
  failureOf(error: unknown): unknown {
    if (!this.#worked || error instanceof FailedAfterProgress) return error;
    return new FailedAfterProgress(this.#worked, error);
  }

  /** Frees what is not finished, so that whoever is next need not wait for the lease to end. */
  async release(): Promise<void> {
    try {
      await this.#releaseChunk();
    } finally {
      await this.#releaseHandoff();
    }
  }

  async #releaseHandoff(): Promise<void> {
    if (this.#handoffId === undefined) return;
    const id = this.#handoffId;
    this.#handoffId = undefined;
    await this.#work.ports.ledger.release(id, this.#work.invocation.id);
  }

  async #releaseChunk(): Promise<void> {
    if (!this.#chunk) return;
    const { ref, fencingToken } = this.#chunk;
    this.#chunk = undefined;
    await this.#work.ports.ledger.releaseChunk(ref, fencingToken);
  }

  #waitUntil(until: number): Stage {
    return endWith(waitingUntil(until, this.#work.ports.clock.now()));
  }
}

/** A message comes again when the lease has ended for clocks that differ a little. */
const leaseMarginSeconds = 5;

/** A lease for so long, but no longer than this invocation can live, and a second. */
function leaseOf({ invocation, ports }: Work, milliseconds: number = limits.leaseMilliseconds): Lease {
  const now = ports.clock.now();
  const most = invocation.remainingMilliseconds() + 1_000;
  return { owner: invocation.id, now, until: now + Math.min(milliseconds, most) };
}
