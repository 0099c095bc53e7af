import type { LookedAtReject, ReleasePlace } from '../core/webhook/release-order.ts';

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
  readonly #looked: LookedAtReject[] = [];
  #place: ReleasePlace | undefined;

  get seen(): number {
    return this.#seen;
  }

  /** The reject whose end comes next. */
  lookAt(place: ReleasePlace): void {
    this.#place = place;
  }

  add(end: string, released?: Omit<ReleasedReject, 'end'>): void {
    this.#seen += 1;
    this.#ends[end] = (this.#ends[end] ?? 0) + 1;
    if (this.#place) this.#looked.push({ place: this.#place, end });
    if (released) this.#released.push({ ...released, end });
  }

  sum() {
    return {
      seen: this.#seen,
      ends: { ...this.#ends },
      released: [...this.#released],
      looked: [...this.#looked],
    };
  }
}
