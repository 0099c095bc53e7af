import type { EventContract } from '#shared/contract/define-event.ts';
import { eventSchema } from '#shared/derive/event-schema.ts';
import type { Integration } from '../integration.ts';
import { batchedTypes } from './published-form.ts';

const text = { type: 'string' };
const instant = { type: 'string', format: 'date-time' };

/** Attributes that events of a batch share, and those of each event alone. */
const shared = {
  ...{ specversion: { const: '1.0' }, source: text, type: text, dataschema: text, tenantid: text },
  ...{ datacontenttype: { const: 'application/json' }, aggregatetype: text, processkey: text },
  ...{ sourceversion: text, sourcetrust: text, dataclass: text, priority: text },
};
/** Of a file all events share these, of a feed each has its own. */
const trace = { correlationid: text, causationid: text, traceparent: text, ingestedat: instant };
const own = {
  ...{ id: text, time: instant, subject: text, aggregateid: text, sequence: text },
  ...{ idempotencykey: text, externalref: text, rawref: text, rawhash: text },
};

/**
 * The events as AsyncAPI 3.0, for tools that read it: a channel for each type. What a message contains is the `detail` of EventBridge's event.
 * A type that some integration publishes in batches has a message of each form.
 */
export function renderAsyncApi(
  events: readonly EventContract[],
  integrations: readonly Integration[],
): string {
  const batched = batchedTypes(integrations);
  const document = {
    asyncapi: '3.0.0',
    info: { title: 'Canonical events of the edge adapters', version: '1' },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(
      events.map(event => [event.type, channelOf(event, batched.has(event.type))]),
    ),
    operations: Object.fromEntries(
      events.map(({ type }) => [type, { action: 'receive', channel: { $ref: `#/channels/${type}` } }]),
    ),
    components: { schemas: Object.fromEntries(events.map(event => [event.type, dataOf(event)])) },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const channelOf = (event: EventContract, isBatched: boolean) => ({
  address: event.type,
  description: event.summary,
  messages: { event: eventMessage(event), ...(isBatched && { batch: batchMessage(event) }) },
});

const eventMessage = ({ type }: EventContract) => ({
  summary: 'One event: CloudEvents 1.0.',
  payload: {
    type: 'object',
    properties: { ...shared, type: { const: type }, ...trace, ...own, data: dataRef(type) },
    required: [...Object.keys({ ...shared, ...trace, ...own }), 'data'],
  },
});

const batchMessage = ({ type }: EventContract) => ({
  summary:
    'Many events of one type and tenant: the shared attributes and those of an event together are the event.',
  payload: {
    type: 'object',
    properties: {
      ...{ ...shared, type: { const: type }, ...trace },
      eventcount: { type: 'integer' },
      events: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          properties: { ...trace, ...own, data: dataRef(type) },
          required: [...Object.keys(own), 'data'],
        },
      },
    },
    required: [...Object.keys(shared), 'eventcount', 'events'],
  },
});

const dataRef = (type: string) => ({ $ref: `#/components/schemas/${type}` });

/** Its name is the place here. */
function dataOf(event: EventContract): object {
  const { $schema: _, $id: __, ...schema } = eventSchema(event) as Record<string, unknown>;
  return schema;
}
