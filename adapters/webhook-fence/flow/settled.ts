import type { Ending } from '../core/webhook/answer.ts';
import type { Work } from './work.ts';

/** The books: one line a request, with its one outcome. A spilled delivery gets its outcome from the drain. */
export function settled(
  { fence, ports }: Work,
  { answer, outcome, code, correlationId }: Ending,
  requestId: string,
): void {
  const fields = {
    integration: fence.id,
    requestId,
    status: answer.statusCode,
    ...(code === undefined ? {} : { code }),
    ...(correlationId === undefined ? {} : { correlationId }),
  };
  if (outcome === 'spilled') ports.log.warn('request spilled', fields);
  else ports.log.info('request settled', { ...fields, outcome });
}
