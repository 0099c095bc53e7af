import { EdgeError } from '#shared/core/log/edge-error.ts';
import type { RestMessage } from '../core/outcome/own-message.ts';

/** The work failed for `cause`, but a checkpoint was written before. `rest` asks for what is left. */
export class FailedAfterProgress extends EdgeError {
  override readonly name = 'FailedAfterProgress';
  readonly rest: RestMessage;

  constructor(rest: RestMessage, cause: unknown) {
    super('the work failed after a checkpoint', { cause });
    this.rest = rest;
  }
}
