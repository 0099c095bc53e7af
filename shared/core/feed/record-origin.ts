import type { Trail } from '../envelope/envelope.ts';
import { handoffId } from '../identity/event-id.ts';
import { traceparentOf } from '../identity/trace.ts';

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

export type Trails = (entity: string, transaction: string, origin: RecordOrigin) => Trail;

/** Changes of one transaction share correlation and trace, whatever the batches they come in. */
export function trails(integration: string): Trails {
  let last = { transaction: '', correlationId: '', traceparent: '' };
  return (entity, transaction, { place, arrivedAt }) => {
    if (last.transaction !== transaction) {
      const correlationId = handoffId(integration, 'transaction', transaction);
      last = { transaction, correlationId, traceparent: traceparentOf(correlationId) };
    }
    return {
      correlationId: last.correlationId,
      causationId: place,
      traceparent: last.traceparent,
      processKey: `${integration}/${entity}`,
      ingestedAt: arrivedAt,
    };
  };
}
