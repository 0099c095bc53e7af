/**
 * How many event ids there are, and their sum: the first 128 bits of each, modulo 2^128, in 32 hex digits. It is the same in any
 * order, and digests of parts can be added. Ids are hashes, so that two sets of ids have the same sum by chance once in 2^128.
 */
export interface IdDigest {
  readonly count: number;
  readonly sum: string;
}

/** Hex digits of an id that count. */
export const shortIdDigits = 32;

export const shortIdOf = (id: string): string => id.slice(0, shortIdDigits);

export const emptyDigest: IdDigest = { count: 0, sum: '0'.repeat(shortIdDigits) };

/** A digest that grows id by id. Each id once: a repeated one would count again. */
export class GrowingDigest {
  #count = 0;
  #sum = 0n;

  add(id: string): void {
    this.#count += 1;
    this.#sum += BigInt(`0x${shortIdOf(id)}`);
  }

  get digest(): IdDigest {
    return { count: this.#count, sum: hexOf(this.#sum) };
  }
}

/** Each id once: a repeated one would count again. */
export function digestOf(ids: Iterable<string>): IdDigest {
  const growing = new GrowingDigest();
  for (const id of ids) growing.add(id);
  return growing.digest;
}

export const addDigests = (...digests: readonly IdDigest[]): IdDigest => ({
  count: digests.reduce((count, digest) => count + digest.count, 0),
  sum: addSums(digests.map(({ sum }) => sum)),
});

export const addSums = (sums: readonly string[]): string =>
  hexOf(sums.reduce((total, sum) => total + BigInt(`0x${sum}`), 0n));

export const isSameDigest = (a: IdDigest, b: IdDigest): boolean => a.count === b.count && a.sum === b.sum;

const hexOf = (sum: bigint): string => BigInt.asUintN(128, sum).toString(16).padStart(shortIdDigits, '0');
