import type { FurtherAttributes } from '#shared/core/envelope/envelope.ts';
import { traceAttributes } from '#shared/core/envelope/trace-context.ts';
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

/** The trace context of a change, as attributes of its event. Events of one table share its process. */
export type TraceWriter = (entity: string, transaction: string, origin: RecordOrigin) => FurtherAttributes;

/** Changes of one transaction share correlation and trace, whatever the batches they come in. */
export function traceWriter(integration: string): TraceWriter {
  let last = { entity: '', transaction: '', process: '', trace: '' };
  return (entity, transaction, { place, arrivedAt }) => {
    if (last.transaction !== transaction || last.entity !== entity)
      last = { entity, transaction, ...traceOf(integration, entity, transaction) };
    return {
      shared: last.process,
      own: `${last.trace}${traceAttributes({ causationId: place, ingestedAt: arrivedAt })}`,
    };
  };
}

function traceOf(integration: string, entity: string, transaction: string) {
  const correlationId = handoffId(integration, 'transaction', transaction);
  const traceparent = traceparentOf(correlationId);
  return {
    process: traceAttributes({ processKey: `${integration}/${entity}` }),
    trace: traceAttributes({ correlationId, traceparent }),
  };
}
