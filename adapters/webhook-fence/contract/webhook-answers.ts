import { limits } from '#shared/contract/limits.ts';
import { refuseUnknownOptions } from '#shared/contract/options.ts';
import { requireThat } from '#shared/contract/require-that.ts';

/** Statuses by which the sender takes a request as accepted. */
const taken = [200, 201, 202, 204] as const;
/** Statuses that refuse a delivery for good. The others have a meaning of their own here, and alarms count them. */
const refused = [406, 409, 422] as const;

type TakenStatus = (typeof taken)[number];

/** An answer as the provider wants it. The same for every delivery: it holds nothing of a request. */
export interface FenceAnswer<Status extends number = number> {
  readonly status: Status;
  /** Sent as it is. Default: JSON with the correlation id and the status, which the sender then cannot know. 204 has no body. */
  readonly body?: string;
  /** Of `body`. Default `text/plain`. */
  readonly contentType?: string;
}

/** How deliveries are answered. Refusals (400, 401, 413 …) and 503 are the same for every fence. */
export interface FenceAnswersSpec {
  /** Published, skipped, or stored until the bus accepts its events. Default 202. */
  readonly accepted?: FenceAnswer<TakenStatus>;
  /** A repeat. Default: as the first was answered. */
  readonly duplicate?: FenceAnswer<TakenStatus>;
  /** Genuine and stored, but its payload is quarantined. Default as `accepted`: a partner that retries would only repeat it. */
  readonly quarantined?: FenceAnswer<TakenStatus | (typeof refused)[number]>;
  /** A known delivery with another payload, which is quarantined. Default 409. */
  readonly conflict?: FenceAnswer<TakenStatus | (typeof refused)[number]>;
}

export interface FenceAnswers {
  readonly accepted: FenceAnswer;
  /** Undefined: as the first was answered. */
  readonly duplicate: FenceAnswer | undefined;
  readonly quarantined: FenceAnswer;
  readonly conflict: FenceAnswer;
}

/** With its defaults; `checkAnswers` refuses what it does not know. */
export function answersOf({ accepted = { status: 202 }, ...others }: FenceAnswersSpec = {}): FenceAnswers {
  const { duplicate, quarantined = accepted, conflict = { status: 409 } } = others;
  return { ...others, accepted, duplicate, quarantined, conflict };
}

/** @throws ContractError */
export function checkAnswers(where: string, answers: FenceAnswers): void {
  const { accepted, duplicate, quarantined, conflict } = answers;
  refuseUnknownOptions(`${where}: answers`, answers, ['accepted', 'duplicate', 'quarantined', 'conflict']);
  checkAnswer(`${where}: answers.accepted`, accepted, taken);
  if (duplicate) checkAnswer(`${where}: answers.duplicate`, duplicate, taken);
  checkAnswer(`${where}: answers.quarantined`, quarantined, [...taken, ...refused]);
  checkAnswer(`${where}: answers.conflict`, conflict, [...taken, ...refused]);
}

function checkAnswer(where: string, answer: FenceAnswer, statuses: readonly number[]): void {
  const { status, body, contentType } = answer;
  refuseUnknownOptions(where, answer, ['status', 'body', 'contentType']);
  requireThat(where, statuses.includes(status), `status must be one of ${statuses.join(', ')}`);
  requireThat(where, status !== 204 || body === undefined, 'an answer 204 has no body');
  requireThat(
    where,
    contentType === undefined || body !== undefined,
    'contentType is of no use without body',
  );
  requireThat(
    where,
    Buffer.byteLength(body ?? '') <= limits.webhookAnswerBytesMax,
    `body must have at most ${limits.webhookAnswerBytesMax} bytes`,
  );
  requireThat(
    where,
    /^[a-z]+\/[a-z0-9.+-]+(?:; charset=utf-8)?$/.test(contentType ?? 'text/plain'),
    `contentType "${contentType}" must be a media type in lower case, such as text/xml`,
  );
}
