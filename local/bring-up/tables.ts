import * as z from 'zod';
import type { Blueprint } from '../assembly/blueprint.ts';
import type { ExpiringTable } from '../dynamodb/expiry.ts';
import type { Tables } from '../dynamodb/tables.ts';
import { boolean, readProperties } from './read.ts';

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const index = z.strictObject({ IndexName: z.string(), KeySchema: keySchema, Projection: z.looseObject({}) });

const tableShape = z.object({
  KeySchema: keySchema,
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.string() })),
  GlobalSecondaryIndexes: z.array(index).optional(),
  LocalSecondaryIndexes: z.array(index).optional(),
  BillingMode: z.literal('PAY_PER_REQUEST'),
  TimeToLiveSpecification: z.strictObject({ AttributeName: z.string(), Enabled: boolean }).optional(),
});

/** Gives the tables whose items expire. */
export async function bringUpTables(blueprint: Blueprint, tables: Tables): Promise<readonly ExpiringTable[]> {
  const expiring: ExpiringTable[] = [];
  for (const resource of blueprint.ofType('AWS::DynamoDB::Table')) {
    const { TimeToLiveSpecification: ttl, ...input } = readProperties(blueprint, resource, tableShape);
    const name = blueprint.identity(resource).ref;
    await tables.create({ TableName: name, ...input });
    const keys = input.KeySchema.map(key => key.AttributeName);
    if (ttl?.Enabled) expiring.push({ name, attribute: ttl.AttributeName, keys });
  }
  return expiring;
}
