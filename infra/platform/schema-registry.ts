import { CfnRegistry, CfnSchema } from 'aws-cdk-lib/aws-eventschemas';
import { Construct } from 'constructs';
import type { EventContract } from '#shared/contract/define-event.ts';
import { eventSchema } from '#shared/derive/event-schema.ts';
import type { EventsProps } from './events-props.ts';

/** One JSON Schema for each canonical event, under the event's own name. */
export class SchemaRegistry extends Construct {
  constructor(scope: Construct, id: string, { events, stage }: EventsProps) {
    super(scope, id);
    const registry = new CfnRegistry(this, 'Registry', {
      registryName: `edge-${stage.name}`,
      description: 'Canonical events of the edge adapters',
    });
    for (const event of events) {
      new CfnSchema(this, event.type, {
        registryName: registry.attrRegistryName,
        schemaName: event.type,
        type: 'JSONSchemaDraft4',
        description: event.summary.slice(0, 256),
        content: JSON.stringify(detailSchema(event)),
      });
    }
  }
}

/** The `detail` on the bus: CloudEvents 1.0 with the event's own data. Draft 4 is what the registry takes. */
function detailSchema(event: EventContract): object {
  const { $schema, $id, description, ...data } = eventSchema(event, 'draft-04') as Record<string, unknown>;
  return {
    $schema,
    title: $id,
    description,
    type: 'object',
    properties: {
      specversion: { enum: ['1.0'] },
      id: { type: 'string' },
      source: { type: 'string' },
      type: { enum: [event.type] },
      time: { type: 'string', format: 'date-time' },
      data,
    },
    required: ['specversion', 'id', 'source', 'type', 'data'],
  };
}
