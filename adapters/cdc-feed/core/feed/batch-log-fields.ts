import { handoffId } from '#shared/core/identity/event-id.ts';
import { traceparentOf } from '#shared/core/identity/trace.ts';
import { type StreamBatch, spanOf } from './stream-batch.ts';

/** What every log line about a batch carries. */
export interface BatchLogFields {
  readonly integration: string;
  readonly stream: string;
  readonly shard: string;
  /** Stream, shard, and the sequence numbers of its first and last record. */
  readonly place: string;
  /** The same whenever the same batch comes again. */
  readonly correlationId: string;
  readonly traceparent: string;
}

export function batchLogFields(integration: string, batch: StreamBatch): BatchLogFields {
  const { stream, shard } = batch;
  const place = [stream, shard, spanOf(batch)].filter(Boolean).join('/');
  const correlationId = handoffId(integration, 'batch', place);
  return { integration, stream, shard, place, correlationId, traceparent: traceparentOf(correlationId) };
}
