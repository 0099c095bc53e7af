import type { Blueprint } from '../assembly/blueprint.ts';
import { AssemblyError, at, type Resource } from '../assembly/template.ts';
import { arnService } from '../aws-names.ts';
import type { QueueMapping } from '../mappings/queue-mapping.ts';
import type { StreamMapping } from '../mappings/stream-mapping.ts';
import type { StreamSource } from '../streams/stream-source.ts';
import { isServed, mappedSource } from './mapping-shape.ts';
import { readQueueMapping } from './queue-mappings.ts';
import { readStreamMapping } from './stream-mappings.ts';

export interface Mappings {
  readonly queues: readonly QueueMapping[];
  readonly streams: readonly StreamMapping[];
}

/** @throws AssemblyError on a source that no poller serves. */
export function readMappings(
  blueprint: Blueprint,
  region: string,
  sources: readonly StreamSource[] = [],
): Mappings {
  const served = blueprint
    .ofType('AWS::Lambda::EventSourceMapping')
    .filter(resource => isServed(blueprint, resource));
  const of = (...services: readonly string[]) =>
    served.filter(resource => services.includes(serviceOf(blueprint, resource)));
  return {
    queues: of('sqs').map(resource => readQueueMapping(blueprint, resource, region)),
    streams: of('kinesis', 'dynamodb').map(resource =>
      readStreamMapping(blueprint, resource, { region, sources }),
    ),
  };
}

function serviceOf(blueprint: Blueprint, resource: Resource): string {
  const service = arnService(mappedSource(blueprint, resource));
  if (!['sqs', 'kinesis', 'dynamodb'].includes(service))
    throw new AssemblyError(`${at(resource)}: event source ${service} is not served`);
  return service;
}
