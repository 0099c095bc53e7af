import * as z from 'zod';
import type { Blueprint } from '../assembly/blueprint.ts';
import { AssemblyError, at, type Resource } from '../assembly/template.ts';
import { arnResource, arnService } from '../aws-names.ts';
import type { QueueMapping } from '../mappings/queue-mapping.ts';
import { boolean, number, readProperties } from './read.ts';

/** Lambda's defaults for SQS. */
const batchSizeDefault = 10;
const concurrencyDefault = 10;

const mappingShape = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: number.default(batchSizeDefault),
  MaximumBatchingWindowInSeconds: number.default(0),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  ScalingConfig: z.strictObject({ MaximumConcurrency: number.min(2) }).optional(),
  Enabled: boolean.default(true),
});

/** @throws AssemblyError on a source that no poller serves: later kinds of streams join here. */
export function readMappings(blueprint: Blueprint, region: string): readonly QueueMapping[] {
  return blueprint
    .ofType('AWS::Lambda::EventSourceMapping')
    .map(resource => readMapping(blueprint, resource, region))
    .filter(mapping => mapping !== undefined);
}

function readMapping(blueprint: Blueprint, resource: Resource, region: string): QueueMapping | undefined {
  const properties = readProperties(blueprint, resource, mappingShape);
  const service = arnService(properties.EventSourceArn);
  if (service !== 'sqs') throw new AssemblyError(`${at(resource)}: event source ${service} is not served`);
  if (!properties.Enabled) return undefined;
  return {
    queueArn: properties.EventSourceArn,
    functionName: functionName(properties.FunctionName),
    region,
    batchSize: properties.BatchSize,
    windowSeconds: properties.MaximumBatchingWindowInSeconds,
    concurrencyMax: properties.ScalingConfig?.MaximumConcurrency ?? concurrencyDefault,
    reportsItemFailures: properties.FunctionResponseTypes.length > 0,
  };
}

const functionName = (nameOrArn: string): string =>
  nameOrArn.startsWith('arn:') ? arnResource(nameOrArn).split(':')[1]! : nameOrArn;
