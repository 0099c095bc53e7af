import type { HandshakeReply } from '../core/signature/handshake-answer.ts';
import { type Ending, unavailable } from '../core/webhook/answer.ts';
import type { AdmittedRequest } from '../core/webhook/arrived-request.ts';
import { requestFields } from '../core/webhook/log-fields.ts';
import { logLines } from '../core/webhook/log-lines.ts';
import type { ArrivalWork } from './work.ts';

/** A handshake makes no event: skipped by the scheme's own rule. A subscription that cannot be confirmed now is asked for again. */
export async function answerHandshake(
  { fence, ports }: ArrivalWork,
  request: AdmittedRequest,
  { statusCode, headers, body, visit }: HandshakeReply,
): Promise<Ending> {
  if (visit !== undefined) {
    const { status } = await ports.web.ask({ url: visit, headers: {} });
    if (status >= 300) {
      ports.log.error(logLines.requestFailed, { ...requestFields(fence, request), status });
      return unavailable('NOT_CONFIRMED');
    }
  }
  return { answer: { statusCode, headers, body }, outcome: 'skipped', code: 'HANDSHAKE' };
}
