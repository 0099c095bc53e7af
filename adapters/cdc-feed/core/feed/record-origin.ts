import { attributes } from '#shared/core/envelope/attributes.ts';
import { handoffId } from '#shared/core/identity/event-id.ts';
import { traceparentOf } from '#shared/core/identity/trace.ts';

/** Where one record came from, and where its bytes are kept. */
export interface RecordOrigin {
  /** Names the record: stream, shard, sequence number. */
  readonly place: string;
  readonly arrivedAt: string;
  /** URI of the record's bytes in the raw bucket. */
  readonly rawRef: string;
  /** SHA-256 (hex) of those bytes. */
  readonly rawHash: string;
}

/** The trace context of a change, as attributes of its event. */
export type TraceContexts = (entity: string, transaction: string, origin: RecordOrigin) => string;

/** Changes of one transaction share correlation and trace, whatever the batches they come in. */
export function trails(integration: string): TraceContexts {
  let last = { entity: '', transaction: '', shared: '' };
  return (entity, transaction, { place, arrivedAt }) => {
    if (last.transaction !== transaction || last.entity !== entity)
      last = { entity, transaction, shared: sharedTraceContext(integration, entity, transaction) };
    return `${last.shared}${attributes({ causationid: place, ingestedat: arrivedAt })}`;
  };
}

function sharedTraceContext(integration: string, entity: string, transaction: string): string {
  const correlationid = handoffId(integration, 'transaction', transaction);
  const traceparent = traceparentOf(correlationid);
  return attributes({ correlationid, traceparent, processkey: `${integration}/${entity}` });
}
