import * as z from 'zod';
import type { Blueprint } from '../assembly/blueprint.ts';
import { AssemblyError, at, type Resource } from '../assembly/template.ts';
import { arnService } from '../aws-names.ts';
import { compileEventPattern } from '../event-pattern.ts';
import { destinationServices } from '../mappings/send-undelivered.ts';
import type { StreamMapping } from '../mappings/stream-mapping.ts';
import type { StreamSource } from '../streams/stream-source.ts';
import { declaredMapping, mappingShape } from './mapping-shape.ts';
import { boolean, number, readProperties } from './read.ts';

/** Lambda's defaults for streams; -1 stands for no limit. */
const batchSizeDefault = 100;
const unlimited = -1;

const streamMappingShape = mappingShape.extend({
  FilterCriteria: z.strictObject({ Filters: z.array(z.strictObject({ Pattern: z.string() })) }).optional(),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']),
  ParallelizationFactor: number.min(1).max(10).default(1),
  BisectBatchOnFunctionError: boolean.default(false),
  MaximumRetryAttempts: number.default(unlimited),
  MaximumRecordAgeInSeconds: number.default(unlimited),
  DestinationConfig: z.strictObject({ OnFailure: z.strictObject({ Destination: z.string() }) }).optional(),
});

/** @throws AssemblyError on a stream that no template declares, or a destination that is not served. */
export function readStreamMapping(
  blueprint: Blueprint,
  resource: Resource,
  { region, sources }: { readonly region: string; readonly sources: readonly StreamSource[] },
): StreamMapping {
  const properties = readProperties(blueprint, resource, streamMappingShape);
  const source = sources.find(candidate => candidate.arn === properties.EventSourceArn);
  if (!source)
    throw new AssemblyError(`${at(resource)}: stream ${properties.EventSourceArn} is declared nowhere`);
  const destinationArn = properties.DestinationConfig?.OnFailure.Destination;
  if (destinationArn && !destinationServices.includes(arnService(destinationArn)))
    throw new AssemblyError(`${at(resource)}: failure destination ${destinationArn} is not served`);
  return {
    ...declaredMapping(blueprint, resource, { properties, region }),
    takes: readFilter(resource, source, properties.FilterCriteria?.Filters ?? []),
    source,
    startsAt: properties.StartingPosition,
    batchSize: properties.BatchSize ?? batchSizeDefault,
    windowSeconds: properties.MaximumBatchingWindowInSeconds,
    lanesPerShard: properties.ParallelizationFactor,
    reportsItemFailures: properties.FunctionResponseTypes.length > 0,
    bisects: properties.BisectBatchOnFunctionError,
    retriesMax: limitOf(properties.MaximumRetryAttempts),
    recordAgeSecondsMax: limitOf(properties.MaximumRecordAgeInSeconds),
    destinationArn,
    concurrencyMax: source.shards.length * properties.ParallelizationFactor,
  };
}

const limitOf = (value: number): number | undefined => (value === unlimited ? undefined : value);

/** A record is taken when one of the filters fits. Source: Lambda developer guide, event filtering with DynamoDB. */
function readFilter(
  resource: Resource,
  { batchInfo }: StreamSource,
  filters: readonly { readonly Pattern: string }[],
): StreamMapping['takes'] {
  if (filters.length === 0) return () => true;
  if (batchInfo !== 'DDBStreamBatchInfo')
    throw new AssemblyError(`${at(resource)}: filters are served for streams of tables alone`);
  const tests = filters.map(({ Pattern }) => compileEventPattern(JSON.parse(Pattern)));
  return event => tests.some(test => test(event));
}
