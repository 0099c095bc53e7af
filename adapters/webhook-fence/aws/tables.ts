import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { connections } from '#shared/aws/connections.ts';
import { dynamoRowClaims } from '#shared/aws/dynamo-row-claims.ts';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { limits } from '#shared/contract/limits.ts';
import type { KeyClaims } from '#shared/ports.ts';
import type { Once, Quota, RejectSlots } from '../ports.ts';
import { PowertoolsOnce } from './powertools-once.ts';
import { dynamoQuota } from './quota.ts';
import { DynamoRejectSlots } from './reject-slots.ts';

export interface WebhookTables {
  readonly once: Once;
  readonly idClaims: KeyClaims;
  readonly quota: Quota;
  readonly rejectSlots: RejectSlots;
}

/** Everything that a fence keeps in the claims table, with one client. */
export function webhookTables(
  tableName: string,
  replayHorizonDays: number,
  client = claimsClient(),
): WebhookTables {
  const marshallOptions = { removeUndefinedValues: true };
  const table = new DynamoTable(DynamoDBDocumentClient.from(client, { marshallOptions }), tableName);
  return {
    once: new PowertoolsOnce({
      client,
      table,
      tableName,
      horizonSeconds: replayHorizonDays * limits.secondsADay,
    }),
    idClaims: dynamoRowClaims(table),
    quota: dynamoQuota(table),
    rejectSlots: new DynamoRejectSlots(table),
  };
}

const claimsClient = () =>
  new DynamoDBClient({ requestHandler: connections(limits.webhookCallMillisecondsMax) });
