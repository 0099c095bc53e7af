import * as z from 'zod';
import type { Blueprint } from '../assembly/blueprint.ts';
import type { Resource } from '../assembly/template.ts';
import { arn, functionIn } from '../aws-names.ts';
import type { DeclaredMapping } from '../mappings/event-source-mapping.ts';
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
export const isServed = (blueprint: Blueprint, resource: Resource): boolean =>
  readProperties(blueprint, resource, mappingShape).Topics.length === 0;

interface ReadMapping {
  readonly properties: Pick<z.infer<typeof mappingShape>, 'EventSourceArn' | 'FunctionName' | 'Enabled'>;
  readonly region: string;
}

export function declaredMapping(
  blueprint: Blueprint,
  resource: Resource,
  { properties: { EventSourceArn, FunctionName, Enabled }, region }: ReadMapping,
): DeclaredMapping {
  const name = functionName(FunctionName);
  return {
    id: blueprint.identity(resource).ref,
    functionName: name,
    functionArn: arn('lambda', region, `function:${name}`),
    sourceArn: EventSourceArn,
    isEnabled: Enabled,
  };
}

export const mappedSource = (blueprint: Blueprint, resource: Resource): string =>
  readProperties(blueprint, resource, mappingShape).EventSourceArn;

const functionName = (nameOrArn: string): string =>
  nameOrArn.startsWith('arn:') ? functionIn(nameOrArn) : nameOrArn;
