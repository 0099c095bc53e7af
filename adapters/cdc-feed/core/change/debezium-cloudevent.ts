import { fieldsOf } from './connect-schema.ts';
import type { DebeziumParts } from './debezium-parts.ts';
import { SourceBlock } from './debezium-source-block.ts';
import { isObject, type JsonObject } from './lossless-json.ts';
import { splitSchema } from './record-text.ts';
import { type Read, Unreadable } from './unreadable.ts';

const prefix = 'iodebezium';

/**
 * A structured CloudEvent of Debezium's `CloudEventsConverter`: the source block is spread over `iodebezium*` attributes, all of
 * them text; `data` holds before and after, with or without their schema.
 */
export function cloudEventParts(event: JsonObject): Read<DebeziumParts> {
  const op = event.iodebeziumop;
  if (typeof op !== 'string') return new Unreadable('no `iodebeziumop`: not a CloudEvent of Debezium');
  const { schema, payload } = splitSchema(event.data ?? null);
  if (!isObject(payload))
    return new Unreadable('the `data` of the CloudEvent is not JSON; set `data.serializer.type` to json');
  const fields = fieldsOf(schema);
  const { iodebeziumtxid } = event;
  return {
    op,
    block: new SourceBlock(event, attribute),
    before: payload.before ?? null,
    after: payload.after ?? null,
    updateDescription: payload.updateDescription,
    beforeFields: schema && fieldsOf(fields.get('before')),
    afterFields: schema && fieldsOf(fields.get('after')),
    transactionId: typeof iodebeziumtxid === 'string' ? iodebeziumtxid : undefined,
    connectorMillis: undefined,
  };
}

/** Attribute names have neither capitals nor underscores. */
const attribute = (name: string): readonly string[] => [prefix + name.replaceAll('_', '').toLowerCase()];
