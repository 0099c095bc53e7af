import type { CloudEvent } from './cloud-event.ts';

/** What a rule of the bus delivers to a target: an event, or many of one type and tenant. */
export interface BusDelivery {
  readonly detail: unknown;
}

/**
 * The events of a delivery, in their order, whichever form they were published in.
 * @throws TypeError when it is no delivery of our events
 *
 * @example
 * export const handler = async (delivery: BusDelivery) => {
 *   for (const event of unpackEvents(delivery)) await applyWhenNewer(store, event, ({ data }) => data);
 * };
 */
export function unpackEvents<Data = unknown>(delivery: BusDelivery): readonly CloudEvent<Data>[] {
  const { detail } = delivery;
  const events = isBatch(detail) ? unpack(detail) : [detail];
  if (!events.every(isEvent)) throw new TypeError('the delivery holds no event of ours');
  return events as readonly CloudEvent<Data>[];
}

interface Batch {
  readonly eventcount: number;
  readonly events: readonly object[];
}

function unpack({ eventcount, events, ...shared }: Batch): readonly object[] {
  if (events.length !== eventcount)
    throw new TypeError(`the delivery holds ${events.length} events of ${eventcount}`);
  return events.map(own => ({ ...shared, ...own }));
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isBatch = (detail: unknown): detail is Batch =>
  isObject(detail) &&
  'eventcount' in detail &&
  typeof detail.eventcount === 'number' &&
  'events' in detail &&
  Array.isArray(detail.events);

const attributes = ['id', 'type', 'tenantid', 'aggregatetype', 'aggregateid', 'sequence'] as const;

const isEvent = (value: unknown): boolean =>
  isObject(value) && attributes.every(name => typeof (value as Record<string, unknown>)[name] === 'string');
