import { limits } from '#shared/contract/limits.ts';
import { type FileFault, fileFault } from './file-fault.ts';

export type ExpansionBounds = {
  readonly [K in 'fileBytesMax' | 'expansionRatioMax' | 'expansionBytesMin']: number;
};

/**
 * Says how far compressed bytes may expand. Judged by the size of the whole object, so that the answer does not depend on
 * where in it the expansion lies or in which pieces it arrives.
 */
export class ExpansionGuard {
  readonly #expandedBytesMax: number;
  readonly #bounds: ExpansionBounds;

  constructor(compressedBytes: number, bounds: ExpansionBounds = limits) {
    this.#bounds = bounds;
    this.#expandedBytesMax = Math.max(bounds.expansionBytesMin, compressedBytes * bounds.expansionRatioMax);
  }

  /** The most bytes that pass `check`. */
  get bytesMax(): number {
    return Math.min(this.#expandedBytesMax, this.#bounds.fileBytesMax);
  }

  /** @throws FileFault EXPANDS_TOO_MUCH or FILE_TOO_LARGE when so many bytes are more than is allowed. */
  check(expandedBytes: number): void {
    if (expandedBytes > this.#expandedBytesMax) throw this.#expandsTooMuch();
    if (expandedBytes > this.#bounds.fileBytesMax)
      throw fileFault('FILE_TOO_LARGE', `expands to more than ${this.#bounds.fileBytesMax} bytes`);
  }

  #expandsTooMuch(): FileFault {
    return fileFault(
      'EXPANDS_TOO_MUCH',
      `expands to more than ${this.#expandedBytesMax} bytes (${this.#bounds.expansionRatioMax} for each compressed byte)`,
    );
  }
}
