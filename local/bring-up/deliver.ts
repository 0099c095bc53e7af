import { arnService } from '../aws-names.ts';
import type { BusEvent } from '../events/event.ts';
import type { EventRouter } from '../events/event-router.ts';
import { busName } from '../events/put-events.ts';
import type { DeliveryStreams } from '../firehose/delivery-streams.ts';
import { functionNamed } from '../lambda/called-function.ts';
import type { Functions } from '../lambda/functions.ts';
import { invokeAsync } from '../lambda/invoke-async.ts';
import type { Queues } from '../sqs/queues.ts';

export interface Reach {
  readonly queues: Queues;
  readonly functions: Functions;
  readonly deliveryStreams: DeliveryStreams;
  readonly router: EventRouter;
  readonly stopped: AbortSignal;
}

/** What a rule sends to a target. `payload`: the event as the rule's input makes it. */
export interface Sent {
  readonly arn: string;
  readonly payload: string;
  readonly event: BusEvent;
}

type Delivery = (reach: Reach, sent: Sent) => Promise<void>;

const deliveries: Readonly<Record<string, Delivery>> = {
  sqs: ({ queues }, { arn, payload }) => queues.send(arn, payload),
  lambda: ({ functions, stopped }, { arn, payload }) =>
    invokeAsync(given => functions.invoke(functionNamed(arn), given), payload, stopped),
  firehose: async ({ deliveryStreams }, { arn, payload }) => deliveryStreams.put(arn, payload),
  events: async ({ router }, { arn, event }) => router.forward(busName(arn), event),
};

/** Types of rule target that are served. */
export const targetServices: readonly string[] = Object.keys(deliveries);

/** What a schedule sends: it knows no event, and so no bus. */
export async function deliverScheduled(
  reach: Pick<Reach, 'queues' | 'functions' | 'stopped'>,
  arn: string,
  payload: string,
): Promise<void> {
  if (arnService(arn) === 'sqs') await reach.queues.send(arn, payload);
  else await invokeAsync(given => reach.functions.invoke(functionNamed(arn), given), payload, reach.stopped);
}

export async function deliverTo(reach: Reach, sent: Sent): Promise<void> {
  const deliver = deliveries[arnService(sent.arn)];
  if (!deliver) throw new Error(`target ${sent.arn} is not served`);
  await deliver(reach, sent);
}
