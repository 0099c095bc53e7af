import { limits } from '#shared/contract/limits.ts';
import type { Outcome } from '#shared/core/outcome/tally.ts';
import type { FenceAnswer } from '../../contract/webhook-answers.ts';
import { probeMethodsOf, type WebhookFence } from '../../contract/webhook-fence.ts';
import type { DeliveryIdentity } from './log-fields.ts';

export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer, and how the request ended in the books. `spilled`: the drain records the outcome later. */
export interface Ending extends Partial<DeliveryIdentity> {
  readonly answer: Answer;
  readonly outcome: Outcome | 'spilled';
  /** Why, for logs: a code, never a value of the request. */
  readonly code?: string;
}

const json = { 'content-type': 'application/json' };

export const jsonAnswer = (
  statusCode: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  statusCode,
  headers: { ...json, ...headers },
  body,
});

/** An answer of the contract's. `told`: the JSON that is sent where the contract has no text of its own. */
export function contractAnswer(
  { status, body, contentType = 'text/plain' }: FenceAnswer,
  told: string,
): Answer {
  if (status === 204) return { statusCode: status, headers: {}, body: '' };
  return body === undefined
    ? jsonAnswer(status, told)
    : jsonAnswer(status, body, { 'content-type': contentType });
}

/** Says that there is something at the address, and which methods it takes. Nothing else of the request is looked at. */
export const answerProbe = (fence: Pick<WebhookFence, 'methods'>, method: string): Ending => ({
  answer: {
    statusCode: method === 'HEAD' ? 200 : 204,
    headers: { allow: [...fence.methods, ...probeMethodsOf(fence)].join(', ') },
    body: '',
  },
  outcome: 'skipped',
  code: 'PROBE',
});

/** A refusal that says what an honest sender can do. */
export const refuse = (
  statusCode: number,
  { code, detail }: { readonly code: string; readonly detail: string },
  headers: Readonly<Record<string, string>> = {},
): Ending => ({
  answer: jsonAnswer(statusCode, JSON.stringify({ code, detail }), headers),
  outcome: 'rejected',
  code,
});

/** The same answer for every reason: it must not help a forger. */
export const unauthenticated = (): Ending =>
  refuse(401, {
    code: 'UNAUTHENTICATED',
    detail: 'The signature or token does not prove who sent the request. Check the secret and the clock.',
  });

/** Nothing of the request is remembered: the sender can and must send it again. */
export const unavailable = (code = 'UNAVAILABLE'): Ending =>
  refuse(
    503,
    { code, detail: 'The request was not accepted. Send it again.' },
    {
      'retry-after': String(limits.webhookRetryAfterSeconds),
    },
  );
