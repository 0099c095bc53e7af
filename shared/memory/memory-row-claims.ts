import type { RowClaim, RowClaims } from '../ports.ts';

export class MemoryRowClaims implements RowClaims {
  readonly #claims = new Map<string, RowClaim>();

  async claim(claim: RowClaim) {
    const held = this.#claims.get(claim.key);
    if (held && held.owner !== claim.owner) return { owner: held.owner, payloadHash: held.payloadHash };
    this.#claims.set(claim.key, { ...claim });
    return 'mine' as const;
  }

  async release(key: string, owner: string): Promise<void> {
    if (this.#claims.get(key)?.owner === owner) this.#claims.delete(key);
  }

  /** All claims held, in the order taken. */
  all(): readonly RowClaim[] {
    return [...this.#claims.values()];
  }
}
