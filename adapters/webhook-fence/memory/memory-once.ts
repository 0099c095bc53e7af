import { Crash } from '#shared/memory/faulty.ts';
import type { Clock } from '#shared/ports.ts';
import type { Remembered } from '../core/webhook/remembered.ts';
import type { AgainEnd, Once, OnceClaim, OnceEnd, OnceFound } from '../ports.ts';

interface WorkRecord {
  readonly payloadHash: string;
  /** Undefined while the work is in progress. */
  value: Remembered | undefined;
  /** Epoch milliseconds: when work in progress counts as dead. */
  readonly until: number;
  /** Who does the work again. */
  lease?: WorkLease;
}

interface WorkLease {
  /** Epoch milliseconds. */
  readonly until: number;
}

export class MemoryOnce implements Once {
  readonly #records = new Map<string, WorkRecord>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async run(claim: OnceClaim, work: () => Promise<Remembered>): Promise<OnceEnd> {
    const known = this.#known(claim.name);
    if (known && known.payloadHash !== claim.payloadHash) return { kind: 'conflict', value: known.value };
    if (known) return known.value ? { kind: 'repeat', value: known.value } : { kind: 'busy' };
    const until = this.#clock.now() + claim.remainingMilliseconds();
    const record: WorkRecord = { payloadHash: claim.payloadHash, value: undefined, until };
    this.#records.set(claim.name, record);
    try {
      record.value = structuredClone(await work());
      return { kind: 'first', value: record.value };
    } catch (error) {
      // A process that died cleans up nothing.
      if (!(error instanceof Crash)) this.#records.delete(claim.name);
      throw error;
    }
  }

  async again(claim: OnceClaim, known: Remembered, work: () => Promise<Remembered>): Promise<AgainEnd> {
    const record = this.#records.get(claim.name);
    const isKnown = record?.value?.status === known.status && record.value.answer.body === known.answer.body;
    if (!isKnown || (record.lease?.until ?? 0) > this.#clock.now()) return { kind: 'busy' };
    const lease: WorkLease = { until: this.#clock.now() + claim.remainingMilliseconds() };
    record.lease = lease;
    try {
      const value = structuredClone(await work());
      if (this.#records.get(claim.name)?.lease !== lease) return { kind: 'busy' };
      this.#records.set(claim.name, { payloadHash: claim.payloadHash, value, until: record.until });
      return { kind: 'first', value };
    } catch (error) {
      if (!(error instanceof Crash) && record.lease === lease) delete record.lease;
      throw error;
    }
  }

  async find(name: string): Promise<OnceFound> {
    const record = this.#known(name);
    const until = record?.value ? (record.lease?.until ?? 0) : (record?.until ?? 0);
    return { value: record?.value, isAtWork: until > this.#clock.now() };
  }

  /** Names remembered with a result, in the order begun. */
  names(): readonly string[] {
    return [...this.#records].filter(([, record]) => record.value).map(([name]) => name);
  }

  /** A worker whose time is over is dead: its claim is free. */
  #known(name: string): WorkRecord | undefined {
    const record = this.#records.get(name);
    return record && (record.value || record.until > this.#clock.now()) ? record : undefined;
  }
}
