import { Crash } from '#shared/memory/faulty.ts';
import type { Clock } from '#shared/ports.ts';
import type { Remembered } from '../core/webhook/remembered.ts';
import type { AgainEnd, ComparedOnce, Once, OnceClaim, OnceEnd, OnceFound, OnceWork } from '../ports.ts';

interface WorkRecord {
  readonly payloadHash: string;
  /** Undefined while the work is in progress. */
  value: Remembered | undefined;
  /** Epoch milliseconds: when work in progress counts as dead. */
  until: number;
  /** Who does the work again. */
  lease?: WorkLease;
}

interface WorkLease {
  readonly payloadHash: string;
  /** Epoch milliseconds. */
  until: number;
}

/** What failed work leaves: nothing, or, if it may have published, its payload alone. A process that died cleans up nothing. */
function cleanUp(error: unknown, claim: { until: number }, { isHeld, forget }: Failure): void {
  if (error instanceof Crash) return;
  if (isHeld) claim.until = 0;
  else forget();
}

interface Failure {
  readonly isHeld: boolean;
  readonly forget: () => void;
}

export class MemoryOnce implements Once {
  readonly #records = new Map<string, WorkRecord>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async run(claim: OnceClaim, work: OnceWork): Promise<OnceEnd> {
    const known = this.#records.get(claim.name);
    const isSame = known?.payloadHash === claim.payloadHash;
    if (known?.value) return { kind: isSame ? 'repeat' : 'conflict', value: known.value };
    if (known && known.until > this.#clock.now())
      return isSame ? { kind: 'busy' } : { kind: 'conflict', value: undefined };
    if (known && !isSame) return { kind: 'held' };
    return this.#runFirst(claim, work, known !== undefined);
  }

  /** `isTakenOver`: from a worker that may have published. */
  async #runFirst(claim: OnceClaim, work: OnceWork, isTakenOver: boolean): Promise<OnceEnd> {
    const until = this.#clock.now() + claim.remainingMilliseconds();
    const record: WorkRecord = { payloadHash: claim.payloadHash, value: undefined, until };
    this.#records.set(claim.name, record);
    let isHeld = isTakenOver;
    try {
      record.value = structuredClone(
        await work(() => {
          isHeld = true;
        }),
      );
      return { kind: 'first', value: record.value };
    } catch (error) {
      cleanUp(error, record, { isHeld, forget: () => this.#records.delete(claim.name) });
      throw error;
    }
  }

  async again(claim: OnceClaim, known: Remembered, work: OnceWork): Promise<AgainEnd> {
    const record = this.#records.get(claim.name);
    const isKnown = record?.value?.status === known.status && record.value.answer.body === known.answer.body;
    if (!isKnown || (record.lease?.until ?? 0) > this.#clock.now()) return { kind: 'busy' };
    if (record.lease && record.lease.payloadHash !== claim.payloadHash) return { kind: 'held' };
    let isHeld = record.lease !== undefined;
    const lease: WorkLease = {
      payloadHash: claim.payloadHash,
      until: this.#clock.now() + claim.remainingMilliseconds(),
    };
    record.lease = lease;
    try {
      const value = structuredClone(
        await work(() => {
          isHeld = true;
        }),
      );
      if (this.#records.get(claim.name)?.lease !== lease) return { kind: 'busy' };
      this.#records.set(claim.name, { payloadHash: claim.payloadHash, value, until: record.until });
      return { kind: 'first', value };
    } catch (error) {
      if (record.lease === lease) cleanUp(error, lease, { isHeld, forget: () => delete record.lease });
      throw error;
    }
  }

  async find(name: string): Promise<OnceFound> {
    const record = this.#records.get(name);
    const claim = record?.value ? record.lease : record;
    const isAtWork = (claim?.until ?? 0) > this.#clock.now();
    return { value: record?.value, isAtWork, mayBePublished: claim !== undefined && !isAtWork };
  }

  async compare({ name, payloadHash }: Pick<OnceClaim, 'name' | 'payloadHash'>): Promise<ComparedOnce> {
    const isSame = this.#records.get(name)?.payloadHash === payloadHash;
    return { ...(await this.find(name)), isSame };
  }

  /** Names remembered with a result, in the order begun. */
  names(): readonly string[] {
    return [...this.#records].filter(([, record]) => record.value).map(([name]) => name);
  }
}
