import { type Fault, fault } from '#shared/contract/fault.ts';
import { AccessDenied } from '#shared/ports.ts';
import { handoffFields } from '../core/outcome/log-fields.ts';
import { logLines } from '../core/outcome/log-lines.ts';
import { FailedAfterProgress } from './failed-after-progress.ts';
import { type Work, WorkStopped } from './work.ts';

/** Keeps what stopped the work in the ledger, where operators look. Gives the error, a lost permission as a stop. */
export async function recordFault(
  work: Pick<Work, 'lane' | 'ports'>,
  handoffId: string,
  error: unknown,
): Promise<unknown> {
  if (error instanceof FailedAfterProgress)
    return new FailedAfterProgress(error.rest, await recordFault(work, handoffId, error.cause));
  const { lane, ports } = work;
  const stop = stopOf(error);
  try {
    await ports.ledger.recordFault(handoffId, stop?.fault ?? unexpected(error));
  } catch (problem) {
    ports.log.warn(logLines.faultNotRecorded, {
      ...handoffFields(lane.id, handoffId),
      error: problem,
    });
  }
  return stop ?? error;
}

/** Names the error's kind only: its message may hold what the input held. */
const unexpected = (error: unknown): Fault =>
  fault('WORK_FAILED', {}, `the work failed with ${error instanceof Error ? error.name : 'a value'}`);

/** Work that was stopped, whichever port said so; undefined for what may be a bug. */
export function stopOf(error: unknown): WorkStopped | undefined {
  if (error instanceof WorkStopped) return error;
  if (!(error instanceof AccessDenied)) return undefined;
  return new WorkStopped(fault('ACCESS_DENIED', {}, error.message), { cause: error });
}
