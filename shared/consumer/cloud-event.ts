import type { SequencedEvent } from './sequenced-event.ts';

/** One of our events, as a consumer sees it. The catalogue says what its `data` holds. */
export interface CloudEvent<Data = unknown> extends SequencedEvent {
  readonly specversion: '1.0';
  readonly type: string;
  readonly source: string;
  readonly subject: string;
  /** ISO 8601 UTC: when it happened. */
  readonly time: string;
  readonly dataschema: string;
  readonly correlationid: string;
  readonly causationid: string;
  readonly idempotencykey: string;
  readonly externalref: string;
  readonly rawref: string;
  readonly rawhash: string;
  readonly data: Data;
}
