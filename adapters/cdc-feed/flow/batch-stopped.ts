import { EdgeError } from '#shared/core/log/edge-error.ts';
/** Records of a batch could not be finished; the stream brings them again. Nothing is blamed on the input. */
export class BatchStopped extends EdgeError {
  override readonly name = 'BatchStopped';

  constructor(records: readonly string[]) {
    super(`stopped at ${records.join(', ')}`);
  }
}
