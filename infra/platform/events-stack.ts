import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { EventArchives } from './event-archives.ts';
import { Platform } from './platform.ts';
import { SchemaRegistry, type SchemaRegistryProps } from './schema-registry.ts';

/** What is made for each canonical event: its schema, and its place in an archive. A new event changes this stack alone. */
export class EventsStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { events, batched, stage, ...props }: SchemaRegistryProps & StackProps,
  ) {
    super(scope, id, props);
    new SchemaRegistry(this, 'Schemas', { events, batched, stage });
    new EventArchives(this, 'Archives', { events, stage, bus: new Platform(this, stage).bus });
  }
}
