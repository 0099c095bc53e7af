import type { FaultCode } from '#shared/contract/fault.ts';
import { EdgeError } from '#shared/core/log/edge-error.ts';

/** The first record of a batch that could not be finished, and why. */
export interface Stop {
  readonly itemIdentifier: string;
  readonly code: FaultCode;
}

/** Records of a batch could not be finished; the stream brings them again. Nothing is blamed on the input. */
export class BatchStopped extends EdgeError {
  override readonly name = 'BatchStopped';

  constructor(stops: readonly Stop[]) {
    super(`stopped at ${stops.map(({ itemIdentifier, code }) => `${itemIdentifier} (${code})`).join(', ')}`);
  }
}
