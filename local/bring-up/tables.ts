import * as z from 'zod';
import type { Blueprint } from '../assembly/blueprint.ts';
import type { ExpiringTable } from '../dynamodb/expiry.ts';
import { TableStream } from '../dynamodb/table-stream.ts';
import type { Tables } from '../dynamodb/tables.ts';
import { required } from '../required.ts';
import { boolean, readProperties } from './read.ts';

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const index = z.strictObject({ IndexName: z.string(), KeySchema: keySchema, Projection: z.looseObject({}) });

const tableShape = z.object({
  KeySchema: keySchema,
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.string() })),
  GlobalSecondaryIndexes: z.array(index).optional(),
  LocalSecondaryIndexes: z.array(index).optional(),
  BillingMode: z.literal('PAY_PER_REQUEST'),
  StreamSpecification: z
    .strictObject({ StreamViewType: z.enum(['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES']) })
    .optional(),
  TimeToLiveSpecification: z.strictObject({ AttributeName: z.string(), Enabled: boolean }).optional(),
});

/** The streams of the tables that have one. */
export function readTableStreams(blueprint: Blueprint, region: string): readonly TableStream[] {
  return blueprint.ofType('AWS::DynamoDB::Table').flatMap(resource => {
    const { StreamSpecification, KeySchema } = readProperties(blueprint, resource, tableShape);
    if (!StreamSpecification) return [];
    const { ref, attributes } = blueprint.identity(resource);
    const spec = {
      table: ref,
      arn: required(attributes.StreamArn, 'StreamArn'),
      viewType: StreamSpecification.StreamViewType,
    };
    return [new TableStream({ ...spec, keys: KeySchema.map(key => key.AttributeName) }, region)];
  });
}

export const tableNamesIn = (blueprint: Blueprint): readonly string[] =>
  blueprint.ofType('AWS::DynamoDB::Table').map(resource => blueprint.identity(resource).ref);

/** Gives the tables whose items expire. */
export async function bringUpTables(blueprint: Blueprint, tables: Tables): Promise<readonly ExpiringTable[]> {
  const expiring: ExpiringTable[] = [];
  for (const resource of blueprint.ofType('AWS::DynamoDB::Table')) {
    const properties = readProperties(blueprint, resource, tableShape);
    const { TimeToLiveSpecification: ttl, StreamSpecification: _, ...input } = properties;
    const name = blueprint.identity(resource).ref;
    await tables.create({ TableName: name, ...input });
    const keys = input.KeySchema.map(key => key.AttributeName);
    if (ttl?.Enabled) expiring.push({ name, attribute: ttl.AttributeName, keys });
  }
  return expiring;
}
