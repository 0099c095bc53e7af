import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { limits } from '../../contract/limits.ts';
import type { Once, Quota, RejectSlots, RowClaims } from '../../ports.ts';
import { connections } from '../connections.ts';
import { dynamoRowClaims } from '../dynamo-row-claims.ts';
import { DynamoTable } from '../dynamo-table.ts';
import { PowertoolsOnce } from './powertools-once.ts';
import { dynamoQuota } from './quota.ts';
import { DynamoRejectSlots } from './reject-slots.ts';

export interface WebhookTables {
  readonly once: Once;
  readonly idClaims: RowClaims;
  readonly quota: Quota;
  readonly rejectSlots: RejectSlots;
}

/** All that a fence keeps in the claims table, over one client. */
export function webhookTables(tableName: string, replayHorizonDays: number): WebhookTables {
  const client = new DynamoDBClient({ requestHandler: connections(limits.webhookCallMillisecondsMax) });
  const marshallOptions = { removeUndefinedValues: true };
  const table = new DynamoTable(DynamoDBDocumentClient.from(client, { marshallOptions }), tableName);
  return {
    once: new PowertoolsOnce(client, table, tableName, replayHorizonDays * limits.secondsADay),
    idClaims: dynamoRowClaims(table),
    quota: dynamoQuota(table),
    rejectSlots: new DynamoRejectSlots(table),
  };
}
