import * as z from 'zod';
import type { Blueprint } from '../assembly/blueprint.ts';
import type { Resource } from '../assembly/template.ts';
import { arn } from '../aws-names.ts';
import { functionNamed, qualified } from '../lambda/called-function.ts';
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
  const called = functionNamed(FunctionName);
  return {
    id: blueprint.identity(resource).ref,
    functionName: called.name,
    alias: called.alias,
    functionArn: arn('lambda', region, `function:${qualified(called)}`),
    sourceArn: EventSourceArn,
    isEnabled: Enabled,
  };
}

export const mappedSource = (blueprint: Blueprint, resource: Resource): string =>
  readProperties(blueprint, resource, mappingShape).EventSourceArn;
