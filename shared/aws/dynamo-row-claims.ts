import type { RowClaims } from '../ports.ts';
import { claimOrHolder, releaseClaim } from './dynamo-claims.ts';
import type { DynamoTable } from './dynamo-table.ts';

/** Row claims in a table of their own: `pk` is the claim's key, which begins with `<integration>#`. */
export const dynamoRowClaims = (table: DynamoTable): RowClaims => ({
  async claim({ key, owner, payloadHash, expiresAt }) {
    const holder = await claimOrHolder(table, { pk: key }, { owner, payloadHash, expiresAt });
    if (!holder) return 'mine';
    return { owner: String(holder.owner), payloadHash: String(holder.payloadHash) };
  },

  async release(key, owner) {
    await releaseClaim(table, { pk: key }, owner);
  },
});
