import { CfnRegistry, CfnSchema } from 'aws-cdk-lib/aws-eventschemas';
import { Construct } from 'constructs';
import * as z from 'zod';
import type { EventContract } from '../../shared/contract/define-event.ts';
import type { Stage } from '../stage.ts';

/** One JSON Schema for each canonical event, under the event's own name. */
export class SchemaRegistry extends Construct {
  constructor(scope: Construct, id: string, events: readonly EventContract[], stage: Stage) {
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

/** The `detail` on the bus: CloudEvents 1.0 with the event's own data. */
const detailSchema = ({ type, summary, schema }: EventContract) => ({
  $schema: 'http://json-schema.org/draft-04/schema#',
  title: type,
  description: summary,
  type: 'object',
  properties: {
    specversion: { enum: ['1.0'] },
    id: { type: 'string' },
    source: { type: 'string' },
    type: { enum: [type] },
    time: { type: 'string', format: 'date-time' },
    data: dataSchema(schema),
  },
  required: ['specversion', 'id', 'source', 'type', 'data'],
});

function dataSchema(schema: z.ZodType): object {
  const { $schema: _, ...data } = z.toJSONSchema(schema, { target: 'draft-04' });
  return data;
}
