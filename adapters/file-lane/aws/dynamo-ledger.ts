import type { DynamoTable } from '#shared/aws/dynamo-table.ts';
import type { Ledger } from '../ports.ts';
import { dynamoChunks } from './dynamo-chunks.ts';
import { dynamoFileClaims } from './dynamo-file-claims.ts';
import { dynamoHandoffs } from './dynamo-handoffs.ts';

/**
 * The ledger in one table: `pk`, `sk`, and `expiresAt` (epoch seconds) for its TTL. DynamoDB deletes expired items within
 * days, not at once: what has expired may still be found. `now` (epoch milliseconds) only stamps `updatedAt`.
 */
export const dynamoLedger = (table: DynamoTable, now: () => number): Ledger => ({
  ...dynamoHandoffs(table, now),
  ...dynamoChunks(table),
  ...dynamoFileClaims(table),
});
