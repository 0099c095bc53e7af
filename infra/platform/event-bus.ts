import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { Stage } from '../stage.ts';

/** The bus of canonical events. */
export function eventBus(scope: Construct, id: string, stage: Stage): EventBus {
  const bus = new EventBus(scope, id, {
    eventBusName: `edge-${stage.name}`,
    description: 'Canonical events of the edge adapters',
  });
  bus.applyRemovalPolicy(stage.removalPolicy);
  return bus;
}
