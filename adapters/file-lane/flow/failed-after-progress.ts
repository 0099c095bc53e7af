import { EdgeError } from '#shared/core/log/edge-error.ts';
import type { ChunkMessage } from './messages.ts';

/** Work on a chunk failed for `cause`, but a checkpoint was written before. `rest` asks for what is left. */
export class FailedAfterProgress extends EdgeError {
  override readonly name = 'FailedAfterProgress';
  readonly rest: ChunkMessage;

  constructor(rest: ChunkMessage, cause: unknown) {
    super(`chunk ${rest.n} failed after its checkpoint at byte ${rest.fromByte}`, { cause });
    this.rest = rest;
  }
}
