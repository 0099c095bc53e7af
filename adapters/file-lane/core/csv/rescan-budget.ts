import { type Fault, fault, type Place } from '#shared/contract/fault.ts';

/** Bytes that were read in vain after quotes that did not close, and will be read again. */
export class RescanBudget {
  readonly #bytesMax: number;
  #bytes = 0;
  /** Set once there were too many. */
  fault: Fault | undefined;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  spend(bytes: number, at: Place): void {
    this.#bytes += Math.max(0, bytes);
    if (this.#bytes <= this.#bytesMax) return;
    const detail = `more than ${this.#bytesMax} bytes had to be read again because of unclosed quotes`;
    this.fault ??= fault('TOO_MANY_UNCLOSED_QUOTES', at, detail);
  }
}
