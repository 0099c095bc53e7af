import * as z from 'zod';
import type { Blueprint } from '../assembly/blueprint.ts';
import type { Resource } from '../assembly/template.ts';
import { functionIn } from '../aws-names.ts';
import { boolean, number, readProperties } from './read.ts';

/** What mappings of every kind of source have. */
export const mappingShape = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: number.optional(),
  MaximumBatchingWindowInSeconds: number.default(0),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  Enabled: boolean.default(true),
  /** Of Kafka. */
  Topics: z.array(z.string()).default([]),
});

/** Kafka's are not: see `noKafka`. */
export function isServed(blueprint: Blueprint, resource: Resource): boolean {
  const { Enabled, Topics } = readProperties(blueprint, resource, mappingShape);
  return Enabled && Topics.length === 0;
}

export const mappedSource = (blueprint: Blueprint, resource: Resource): string =>
  readProperties(blueprint, resource, mappingShape).EventSourceArn;

export const functionName = (nameOrArn: string): string =>
  nameOrArn.startsWith('arn:') ? functionIn(nameOrArn) : nameOrArn;
