import { EventBus, type IEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { Stage } from '../stage.ts';

/** The bus of canonical events: the one that is brought, or one of the stage's own. */
export function eventBus(scope: Construct, id: string, stage: Stage): IEventBus {
  const { bus: brought } = stage.brought;
  if (brought !== undefined) return EventBus.fromEventBusName(scope, id, brought);
  const bus = new EventBus(scope, id, {
    eventBusName: `${stage.prefix}edge-${stage.name}`,
    description: 'Canonical events of the edge adapters',
  });
  bus.applyRemovalPolicy(stage.removalPolicy);
  return bus;
}
