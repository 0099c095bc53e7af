import { arnResource, arnService } from '../aws-names.ts';
import type { BusEvent } from '../events/event.ts';
import type { EventRouter } from '../events/event-router.ts';
import { busName } from '../events/put-events.ts';
import type { Functions } from '../lambda/functions.ts';
import { invokeAsync } from '../lambda/invoke-async.ts';
import type { Queues } from '../sqs/queues.ts';

export interface Reach {
  readonly queues: Queues;
  readonly functions: Functions;
  readonly router: EventRouter;
  readonly stopped: AbortSignal;
}

type Delivery = (reach: Reach, arn: string, payload: string, event: BusEvent) => Promise<void>;

const deliveries: Readonly<Record<string, Delivery>> = {
  sqs: ({ queues }, arn, payload) => queues.send(arn, payload),
  lambda: ({ functions, stopped }, arn, payload) =>
    invokeAsync(given => functions.invoke(arnResource(arn).split(':')[1]!, given), payload, stopped),
  events: async ({ router }, arn, _, event) => router.forward(busName(arn), event),
};

/** Types of rule target that are served. */
export const targetServices: readonly string[] = Object.keys(deliveries);

export async function deliverTo(reach: Reach, arn: string, payload: string, event: BusEvent): Promise<void> {
  const deliver = deliveries[arnService(arn)];
  if (!deliver) throw new Error(`target ${arn} is not served`);
  await deliver(reach, arn, payload, event);
}
