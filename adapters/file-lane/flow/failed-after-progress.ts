import { EdgeError } from '#shared/core/log/edge-error.ts';
import type { OwnMessage } from './messages.ts';

/** The work failed for `cause`, but a checkpoint was written before. `rest` asks for what is left. */
export class FailedAfterProgress extends EdgeError {
  override readonly name = 'FailedAfterProgress';
  readonly rest: OwnMessage;

  constructor(rest: OwnMessage, cause: unknown) {
    super('the work failed after a checkpoint', { cause });
    this.rest = rest;
  }
}
