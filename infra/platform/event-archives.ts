import { Duration } from 'aws-cdk-lib';
import { Archive, type IEventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { archivePlans } from './archive-plan.ts';
import type { EventsProps } from './events-props.ts';

interface EventArchivesProps extends EventsProps {
  readonly bus: IEventBus;
}

/** The archives from which events can be replayed to a new or fixed consumer. */
export class EventArchives extends Construct {
  constructor(scope: Construct, id: string, { events, stage, bus }: EventArchivesProps) {
    super(scope, id);
    for (const { name, days, types } of archivePlans(events))
      new Archive(this, `Archive${name}`, {
        archiveName: `${stage.prefix}edge-events-${stage.name}-${name}`,
        description: `Canonical events that are kept for ${days} days`,
        sourceEventBus: bus,
        eventPattern: { detailType: [...types] },
        retention: Duration.days(days),
      }).applyRemovalPolicy(stage.removalPolicy);
  }
}
