import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { Context } from 'aws-lambda';
import { parse } from 'csv-parse/sync';
import { required } from '#local/required.ts';
import { eventBridge, s3 } from '../rivals/clients.ts';
import { entryOf, orderOf } from '../rivals/order-event.ts';
import { measureCalls } from '../rivals/subject.ts';

/** (b) The careful handler: Powertools makes each row idempotent, and events go ten by ten. */
const config = new IdempotencyConfig({});
config.registerLambdaContext({ getRemainingTimeInMillis: () => 900_000 } as Context);
const persistenceStore = new DynamoDBPersistenceLayer({ tableName: 'idempotency' });

await measureCalls(async Key => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'inbound', Key }));
  const rows = parse(await required(Body, 'body').transformToString(), { columns: true }) as Record<
    string,
    string
  >[];
  // The orders of a second run are others.
  const takeRow = makeIdempotent(async (row: Record<string, string>) => orderOf(row), {
    persistenceStore,
    config,
    keyPrefix: Key,
  });
  for (let at = 0; at < rows.length; at += 10) {
    const orders = await Promise.all(rows.slice(at, at + 10).map(row => takeRow(row)));
    await eventBridge.send(new PutEventsCommand({ Entries: orders.map(order => entryOf(order)) }));
  }
  return rows.length;
});
