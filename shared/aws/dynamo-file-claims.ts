import type { Ledger } from '../ports.ts';
import { claimOrHolder, releaseClaim } from './dynamo-claims.ts';
import type { DynamoTable } from './dynamo-table.ts';
import { fileClaimKey } from './ledger-keys.ts';

export const dynamoFileClaims = (table: DynamoTable): Pick<Ledger, 'claimFile' | 'releaseFile'> => ({
  async claimFile(integration, identity, handoffId, expiresAt) {
    const key = fileClaimKey(integration, identity);
    const holder = await claimOrHolder(table, key, { owner: handoffId, expiresAt });
    return holder ? { duplicateOf: String(holder.owner) } : 'mine';
  },

  async releaseFile(integration, identity, handoffId) {
    await releaseClaim(table, fileClaimKey(integration, identity), handoffId);
  },
});
