import { traceIdOf, traceparentOf } from '#shared/core/identity/trace.ts';

/** What every log line of a hand-off carries, so that it is found with the file's events. */
export interface HandoffFields {
  readonly integration: string;
  /** Undefined before the hand-off is opened. */
  readonly handoffId: string | undefined;
  /** Of all events of the file. */
  readonly traceId: string | undefined;
}

export const handoffFields = (integration: string, handoffId: string | undefined): HandoffFields => ({
  integration,
  handoffId,
  traceId: handoffId === undefined ? undefined : traceIdOf(traceparentOf(handoffId)),
});
