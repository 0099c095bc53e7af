import { claimOrHolder, releaseClaim } from '#shared/aws/dynamo-claims.ts';
import type { DynamoTable } from '#shared/aws/dynamo-table.ts';
import type { Ledger } from '../ports.ts';
import { fileClaimKey } from './ledger-keys.ts';

export const dynamoFileClaims = (table: DynamoTable): Pick<Ledger, 'claimFile' | 'releaseFile'> => ({
  async claimFile({ integration, identity }, handoffId, expiresAt) {
    const key = fileClaimKey(integration, identity);
    const holder = await claimOrHolder(table, key, { owner: handoffId, expiresAt });
    return holder ? { duplicateOf: String(holder.owner) } : 'mine';
  },

  async releaseFile({ integration, identity }, handoffId) {
    await releaseClaim(table, fileClaimKey(integration, identity), handoffId);
  },
});
