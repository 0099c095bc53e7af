import { issueNotes } from '#shared/core/log/issue-notes.ts';
import type { Ending } from '../core/webhook/answer.ts';
import type { ArrivedRequest } from '../core/webhook/arrived-request.ts';
import { requestFields } from '../core/webhook/log-fields.ts';
import { logLines } from '../core/webhook/log-lines.ts';
import { deliveryLag } from './delivery-lag.ts';
import type { Work } from './work.ts';

/** The books: one line for each request, with its one outcome. The drain records the outcome of a spilled delivery. */
export function recordOutcome({ fence, ports }: Work, request: ArrivedRequest, ending: Ending): void {
  const { answer, outcome, code, correlationId, traceId } = ending;
  const fields = {
    ...requestFields(fence, request),
    status: answer.statusCode,
    ...(code === undefined ? {} : { code }),
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(traceId === undefined ? {} : { traceId }),
  };
  const lag =
    outcome === 'published' ? deliveryLag({ fence, ports }, new Date(request.receivedAt).toISOString()) : {};
  if (outcome === 'spilled') ports.log.warn(logLines.requestSpilled, fields);
  else ports.log.info(logLines.requestSettled, { ...fields, outcome, ...lag, ...issueOf(request, ending) });
}

/** A repeat that came while the first was at work needs nobody. */
function issueOf(request: ArrivedRequest, { outcome, code }: Ending): object {
  if (outcome !== 'rejected' || code === undefined || code === 'STILL_WORKING') return {};
  return issueNotes([{ code, count: 1, unit: request.id }]);
}
