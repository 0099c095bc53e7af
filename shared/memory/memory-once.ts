import type { Remembered } from '../core/webhook/remembered.ts';
import type { Clock, Once, OnceClaim, OnceEnd } from '../ports.ts';
import { Crash } from './faulty.ts';

interface Held {
  readonly payloadHash: string;
  /** Undefined while the work is under way. */
  value: Remembered | undefined;
  /** Epoch milliseconds: when work under way counts as dead. */
  readonly until: number;
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

  async find(name: string): Promise<Remembered | undefined> {
    return this.#held.get(name)?.value;
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
