import { CfnRegistry, CfnSchema } from 'aws-cdk-lib/aws-eventschemas';
import { Construct } from 'constructs';
import type { EventContract } from '#shared/contract/define-event.ts';
import { eventSchema } from '#shared/derive/event-schema.ts';
import type { EventsProps } from './events-props.ts';

export interface SchemaRegistryProps extends EventsProps {
  /** Types of events that can come many in one entry. */
  readonly batched: ReadonlySet<string>;
}

/** One JSON Schema for each canonical event, under the event's own name: of both forms where it can come in batches. */
export class SchemaRegistry extends Construct {
  constructor(scope: Construct, id: string, { events, batched, stage }: SchemaRegistryProps) {
    super(scope, id);
    const registry = new CfnRegistry(this, 'Registry', {
      registryName: `${stage.prefix}edge-${stage.name}`,
      description: 'Canonical events of the edge adapters',
    });
    for (const event of events) {
      new CfnSchema(this, event.type, {
        registryName: registry.attrRegistryName,
        schemaName: event.type,
        type: 'JSONSchemaDraft4',
        description: event.summary.slice(0, 256),
        content: JSON.stringify(detailSchema(event, batched.has(event.type))),
      });
    }
  }
}

/** The `detail` on the bus: CloudEvents 1.0 with the event's own data. Draft 4 is what the registry takes. */
function detailSchema(event: EventContract, isBatched: boolean): object {
  const { $schema, $id, description, ...data } = eventSchema(event, 'draft-04') as Record<string, unknown>;
  const specversion = { enum: ['1.0'] };
  const id = { type: 'string' };
  const source = { type: 'string' };
  const type = { enum: [event.type] };
  const time = { type: 'string', format: 'date-time' };
  const alone = {
    properties: { specversion, id, source, type, time, data },
    required: ['specversion', 'id', 'source', 'type', 'data'],
  };
  const head = { $schema, title: $id, description, type: 'object' };
  if (!isBatched) return { ...head, ...alone };
  const items = { type: 'object', properties: { id, time, data }, required: ['id', 'data'] };
  const batch = {
    properties: {
      ...{ specversion, source, type },
      eventcount: { type: 'integer' },
      events: { type: 'array', minItems: 1, items },
    },
    required: ['specversion', 'source', 'type', 'eventcount', 'events'],
  };
  return { ...head, anyOf: [alone, batch] };
}
