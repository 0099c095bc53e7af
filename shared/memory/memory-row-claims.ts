import type { RowClaim, RowClaims } from '../ports.ts';

export class MemoryRowClaims implements RowClaims {
  readonly #claims = new Map<string, RowClaim>();

  async claim(claim: RowClaim) {
    const held = this.#claims.get(claim.key);
    if (held && !mayTake(claim, held)) {
      const { owner, payloadHash, order } = held;
      return { owner, payloadHash, order };
    }
    this.#claims.set(claim.key, { ...claim });
    return 'mine' as const;
  }

  async claimNew(claims: readonly RowClaim[]): Promise<readonly boolean[]> {
    return claims.map(claim => {
      if (this.#claims.has(claim.key)) return false;
      this.#claims.set(claim.key, { ...claim });
      return true;
    });
  }

  async release(key: string, owner: string): Promise<void> {
    if (this.#claims.get(key)?.owner === owner) this.#claims.delete(key);
  }

  async holder(key: string): Promise<string | undefined> {
    return this.#claims.get(key)?.owner;
  }

  /** All claims held, in the order taken. */
  all(): readonly RowClaim[] {
    return [...this.#claims.values()];
  }
}

const mayTake = (claim: RowClaim, held: RowClaim): boolean =>
  held.owner === claim.owner || held.owner === claim.insteadOf || supersedes(claim, held);

const supersedes = (claim: RowClaim, held: RowClaim): boolean =>
  claim.order !== undefined &&
  held.order !== undefined &&
  held.order < claim.order &&
  held.payloadHash !== claim.payloadHash;
