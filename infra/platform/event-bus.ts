import { Duration } from 'aws-cdk-lib';
import { Archive, EventBus, Match } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { EventsProps } from './events-props.ts';

/** The bus of canonical events, and the archive from which they can be replayed to a new or mended consumer. */
export class EdgeBus extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, id: string, { events, stage }: EventsProps) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus', {
      eventBusName: `edge-${stage.name}`,
      description: 'Canonical events of the edge adapters',
    });
    this.bus.applyRemovalPolicy(stage.removalPolicy);
    new Archive(this, 'Archive', {
      archiveName: `edge-${stage.name}`,
      description: 'Canonical events; what the suite reports about itself is left out',
      sourceEventBus: this.bus,
      eventPattern: { detailType: Match.anythingButPrefix('edge.') },
      retention: Duration.days(Math.max(...events.map(event => event.retention.archiveDays))),
    }).applyRemovalPolicy(stage.removalPolicy);
  }
}
