/** A reject that was released, and how it ended. */
export interface ReleasedReject {
  readonly receivedAt: string;
  readonly correlationId: string;
  readonly end: string;
  /** Released although its time is outside the tolerance. */
  readonly stale?: true;
}

/** Counts how rejects ended. */
export class ReleaseTally {
  #seen = 0;
  readonly #ends: Record<string, number> = {};
  readonly #released: ReleasedReject[] = [];

  add(end: string, released?: Omit<ReleasedReject, 'end'>): void {
    this.#seen += 1;
    this.#ends[end] = (this.#ends[end] ?? 0) + 1;
    if (released) this.#released.push({ ...released, end });
  }

  sum() {
    return { seen: this.#seen, ends: { ...this.#ends }, released: [...this.#released] };
  }
}
