import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { connections } from '#shared/aws/connections.ts';
import { dynamoRowClaims } from '#shared/aws/dynamo-row-claims.ts';
import { dynamoSwitch } from '#shared/aws/dynamo-switch.ts';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { limits } from '#shared/contract/limits.ts';
import type { InputSwitch, KeyClaims } from '#shared/ports.ts';
import type { Once, Quota, RejectSlots } from '../ports.ts';
import { PowertoolsOnce } from './powertools-once.ts';
import { dynamoQuota } from './quota.ts';
import { DynamoRejectSlots } from './reject-slots.ts';

export interface WebhookTables {
  readonly once: Once;
  readonly idClaims: KeyClaims;
  readonly quota: Quota;
  readonly rejectSlots: RejectSlots;
  readonly input: InputSwitch;
}

/** Everything that a fence keeps in the claims table, and whether it is disabled, with one client. */
export function webhookTables(
  names: { readonly claims: string; readonly operate: string },
  replayHorizonDays: number,
  client = claimsClient(),
): WebhookTables {
  const marshallOptions = { removeUndefinedValues: true };
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions });
  const table = new DynamoTable(documents, names.claims);
  return {
    once: new PowertoolsOnce({
      client,
      table,
      tableName: names.claims,
      horizonSeconds: replayHorizonDays * limits.secondsADay,
    }),
    idClaims: dynamoRowClaims(table),
    quota: dynamoQuota(table),
    rejectSlots: new DynamoRejectSlots(table),
    input: dynamoSwitch(new DynamoTable(documents, names.operate)),
  };
}

const claimsClient = () =>
  new DynamoDBClient({ requestHandler: connections(limits.webhookCallMillisecondsMax) });
