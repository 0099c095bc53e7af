import { limits } from '#shared/contract/limits.ts';
import type { Outcome } from '#shared/core/outcome/tally.ts';

export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer, and how the request ended in the books. `spilled`: the drain will say. */
export interface Ending {
  readonly answer: Answer;
  readonly outcome: Outcome | 'spilled';
  /** Why, for logs: a code, never a value of the request. */
  readonly code?: string;
  readonly correlationId?: string;
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

/** A refusal with what an honest sender can do about it. */
export const refuse = (
  statusCode: number,
  code: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Ending => ({
  answer: jsonAnswer(statusCode, JSON.stringify({ code, detail }), headers),
  outcome: 'rejected',
  code,
});

/** The same for every reason: an answer never tells how close a forgery came. */
export const unauthenticated = (): Ending =>
  refuse(
    401,
    'UNAUTHENTICATED',
    'The request is not proved to be its sender’s. Check the secret and the clock.',
  );

/** Nothing is remembered of the request: sending it again is safe and needed. */
export const unavailable = (code = 'UNAVAILABLE'): Ending =>
  refuse(503, code, 'The request was not taken. Send it again.', {
    'retry-after': String(limits.webhookRetryAfterSeconds),
  });
