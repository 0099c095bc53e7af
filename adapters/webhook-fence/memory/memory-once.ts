import { Crash } from '#shared/memory/faulty.ts';
import type { Clock } from '#shared/ports.ts';
import type { Remembered } from '../core/webhook/remembered.ts';
import type { AgainEnd, Once, OnceClaim, OnceEnd, OnceFound } from '../ports.ts';

interface Held {
  readonly payloadHash: string;
  /** Undefined while the work is under way. */
  value: Remembered | undefined;
  /** Epoch milliseconds: when work under way counts as dead. */
  readonly until: number;
  /** The same of work that is done anew. */
  againUntil?: number;
}

export class MemoryOnce implements Once {
  readonly #held = new Map<string, Held>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async run(claim: OnceClaim, work: () => Promise<Remembered>): Promise<OnceEnd> {
    const known = this.#known(claim.name);
    if (known && known.payloadHash !== claim.payloadHash) return { kind: 'conflict' };
    if (known) return known.value ? { kind: 'repeat', value: known.value } : { kind: 'busy' };
    const until = this.#clock.now() + claim.remainingMilliseconds();
    const held: Held = { payloadHash: claim.payloadHash, value: undefined, until };
    this.#held.set(claim.name, held);
    try {
      held.value = structuredClone(await work());
      return { kind: 'first', value: held.value };
    } catch (error) {
      // A process that died cleans up nothing.
      if (!(error instanceof Crash)) this.#held.delete(claim.name);
      throw error;
    }
  }

  async again(claim: OnceClaim, known: Remembered, work: () => Promise<Remembered>): Promise<AgainEnd> {
    const held = this.#held.get(claim.name);
    const isKnown = held?.value?.status === known.status && held.value.answer.body === known.answer.body;
    if (!isKnown || (held.againUntil ?? 0) > this.#clock.now()) return { kind: 'busy' };
    held.againUntil = this.#clock.now() + claim.remainingMilliseconds();
    try {
      const value = structuredClone(await work());
      this.#held.set(claim.name, { payloadHash: claim.payloadHash, value, until: held.until });
      return { kind: 'first', value };
    } catch (error) {
      if (!(error instanceof Crash)) delete held.againUntil;
      throw error;
    }
  }

  async find(name: string): Promise<OnceFound> {
    const held = this.#known(name);
    const until = held?.value ? (held.againUntil ?? 0) : (held?.until ?? 0);
    return { value: held?.value, isAtWork: until > this.#clock.now() };
  }

  /** Names remembered with a result, in the order begun. */
  names(): readonly string[] {
    return [...this.#held].filter(([, held]) => held.value).map(([name]) => name);
  }

  /** Work whose time is over died: its claim is free. */
  #known(name: string): Held | undefined {
    const held = this.#held.get(name);
    return held && (held.value || held.until > this.#clock.now()) ? held : undefined;
  }
}
