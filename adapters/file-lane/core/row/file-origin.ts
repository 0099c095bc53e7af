import type { Place } from '#shared/contract/fault.ts';
import type { EventSource } from '#shared/core/envelope/envelope.ts';
import type { TraceContext } from '#shared/core/envelope/trace-context.ts';

/** What all rows of one file share. */
export interface FileOrigin extends TraceContext {
  readonly contract: EventSource['contract'];
  /** Names the file in event ids: its claim identity, with the hand-off where rows are compared with the last of their key. */
  readonly identity: string;
  readonly fileName: string;
  /** S3's order of the file among those of its key, in hexadecimal digits. */
  readonly sequencer?: string | undefined;
  /** The period in the file's name, if it has one. */
  readonly period?: string | undefined;
  /** URI of the clean text that rows lie in; a row's byte range is appended. */
  readonly rawUri: string;
}

/** One record, read. `raw` is its bytes as they lie in the file. */
export interface ReadRow {
  readonly at: Required<Pick<Place, 'line' | 'record' | 'byteOffset'>>;
  readonly raw: Uint8Array;
  readonly values: Readonly<Record<string, unknown>>;
}
