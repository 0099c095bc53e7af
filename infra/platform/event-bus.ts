import { Duration } from 'aws-cdk-lib';
import { Archive, EventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { archivePlans } from './archive-plan.ts';
import type { EventsProps } from './events-props.ts';

/** The bus of canonical events, and the archives from which they can be replayed to a new or fixed consumer. */
export class EdgeBus extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, id: string, { events, stage }: EventsProps) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus', {
      eventBusName: `edge-${stage.name}`,
      description: 'Canonical events of the edge adapters',
    });
    this.bus.applyRemovalPolicy(stage.removalPolicy);
    for (const { name, days, types } of archivePlans(events))
      new Archive(this, `Archive${name}`, {
        archiveName: `edge-${stage.name}-${name}`,
        description: `Canonical events that are kept for ${days} days`,
        sourceEventBus: this.bus,
        eventPattern: { detailType: [...types] },
        retention: Duration.days(days),
      }).applyRemovalPolicy(stage.removalPolicy);
  }
}
