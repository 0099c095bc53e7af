import * as z from 'zod';
import type { Blueprint } from '../assembly/blueprint.ts';
import type { Resource } from '../assembly/template.ts';
import type { QueueMapping } from '../mappings/queue-mapping.ts';
import { declaredMapping, mappingShape } from './mapping-shape.ts';
import { number, readProperties } from './read.ts';

/** Lambda's defaults for SQS. */
const batchSizeDefault = 10;
const concurrencyDefault = 10;

const queueMappingShape = mappingShape.extend({
  FilterCriteria: z.undefined('filters are served for streams of tables alone').optional(),
  ScalingConfig: z.strictObject({ MaximumConcurrency: number.min(2) }).optional(),
});

export function readQueueMapping(blueprint: Blueprint, resource: Resource, region: string): QueueMapping {
  const properties = readProperties(blueprint, resource, queueMappingShape);
  return {
    ...declaredMapping(blueprint, resource, { properties, region }),
    region,
    batchSize: properties.BatchSize ?? batchSizeDefault,
    windowSeconds: properties.MaximumBatchingWindowInSeconds,
    concurrencyMax: properties.ScalingConfig?.MaximumConcurrency ?? concurrencyDefault,
    reportsItemFailures: properties.FunctionResponseTypes.length > 0,
  };
}
