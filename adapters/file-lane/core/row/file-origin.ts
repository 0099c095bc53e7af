import type { Place } from '#shared/contract/fault.ts';
import type { EventSource } from '#shared/core/envelope/envelope.ts';
import type { TraceContext } from '#shared/core/envelope/trace-context.ts';

/** What all rows of one file share. */
export interface FileOrigin extends TraceContext {
  readonly contract: EventSource['contract'];
  /** Names the file in event ids: its claim identity, with the hand-off where rows are compared with the last of their key. */
  readonly identity: string;
  readonly fileName: string;
  /** ISO 8601 UTC: when the file arrived. Corrections of its rows arrive later, and are ordered by it all the same. */
  readonly arrivedAt: string;
  /** S3's order of the file among those of its key, in hexadecimal digits. */
  readonly sequencer?: string | undefined;
  /** The period in the file's name, if it has one. */
  readonly period?: string | undefined;
  /** URI of the clean text that rows lie in; a row's byte range is appended. */
  readonly rawUri: string;
  /** Whether its rows correct rows of an earlier file. */
  readonly corrects: boolean;
}

/** One record, read. `raw` is its bytes as they lie in the file. */
export interface ReadRow {
  readonly at: Required<Pick<Place, 'line' | 'record' | 'byteOffset'>>;
  readonly raw: Uint8Array;
  /** The record's number in the file that it first came in. */
  readonly number: number;
  readonly values: Readonly<Record<string, unknown>>;
}
