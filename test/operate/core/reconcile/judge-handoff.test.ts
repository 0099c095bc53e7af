import type { HandoffSummary } from '#adapters/file-lane/core/outcome/handoff-query.ts';
import { judgeHandoff, type SeenHandoff } from '#operate/core/reconcile/judge-handoff.ts';
import { emptyTally } from '#shared/core/outcome/tally.ts';

const now = Date.parse('2026-11-20T12:00:00.000Z');
const minutesAgo = (minutes: number): string => new Date(now - 60_000 * minutes).toISOString();

const handoff = (changes: Partial<HandoffSummary>): HandoffSummary => ({
  id: 'acme-orders.1',
  integration: 'acme-orders',
  object: { bucket: 'inbound', key: 'acme/in/orders.csv', versionId: 'v1' },
  causationId: 'notice',
  attempts: 1,
  receivedAt: minutesAgo(300),
  state: 'processing',
  ...changes,
});

const judged = (changes: Partial<HandoffSummary>, more: Partial<SeenHandoff> = {}) =>
  judgeHandoff({ handoff: handoff(changes), leasedUntil: 0, now, ...more });

const settled = (changes: Partial<HandoffSummary> = {}) => ({
  state: 'complete' as const,
  settledAt: minutesAgo(60),
  received: 1,
  tally: { ...emptyTally, published: 1 },
  ...changes,
});

describe('work that is not settled', () => {
  it.each<[string, Partial<HandoffSummary>, Partial<SeenHandoff>]>([
    ['someone works on it', { stoppedAt: minutesAgo(60) }, { leasedUntil: now + 1 }],
    ['its message comes again', { nextRetryAt: minutesAgo(-5) }, {}],
    ['its message was due a moment ago', { nextRetryAt: minutesAgo(14) }, {}],
    [
      'it waits for another object',
      { state: 'awaiting', awaiting: 'sidecar', nextRetryAt: minutesAgo(-5) },
      {},
    ],
    ['it came lately, and may wait in the queue', { receivedAt: minutesAgo(59) }, {}],
    ['someone worked on it lately', {}, { leasedUntil: now - 59 * 60_000 }],
    [
      'it was asked for again lately',
      { stoppedAt: minutesAgo(1), resumes: 2, resumedAt: minutesAgo(119) },
      {},
    ],
  ])('is left alone when %s', (_, changes, more) => {
    expect(judged(changes, more)).toMatchObject({ result: 'unknown', again: true, needsPeople: false });
    expect(judged(changes, more).heal).toBeUndefined();
  });

  it.each<[string, Partial<HandoffSummary>]>([
    ['its message became a dead letter', { stoppedAt: minutesAgo(1) }],
    ['its next try never came', { nextRetryAt: minutesAgo(70) }],
    ['nobody knows of it', {}],
    [
      'it waited for another object, and nobody looks for that any more',
      { state: 'awaiting', nextRetryAt: minutesAgo(90) },
    ],
    [
      'it stopped again, and the pause is over',
      { stoppedAt: minutesAgo(1), resumes: 2, resumedAt: minutesAgo(121) },
    ],
  ])('goes on when %s', (_, changes) => {
    expect(judged(changes)).toMatchObject({
      result: 'unknown',
      heal: 'resume',
      again: true,
      needsPeople: false,
    });
  });

  it('is for people when it was asked for again seven times', () => {
    const stuck = judged({ stoppedAt: minutesAgo(1), resumes: 7, resumedAt: minutesAgo(3_000) });
    expect(stuck).toMatchObject({ result: 'unknown', needsPeople: true });
    expect(stuck.heal).toBeUndefined();
  });
});

describe('a settled file', () => {
  it.each(['own', 'newer'] as const)('is matched when the acknowledgement there is its %s one', answer => {
    expect(judged(settled(), { answer })).toMatchObject({
      result: 'matched',
      again: false,
      needsPeople: false,
    });
  });

  it.each(['none', 'older'] as const)('is answered again when the acknowledgement there is %s', answer => {
    const found = judged(settled(), { answer });
    expect(found).toMatchObject({ result: 'external-failure', heal: 'acknowledge', again: true });
  });

  it('is compared once more when someone could still write', () => {
    expect(judged(settled({ settledAt: minutesAgo(14) }), { answer: 'own' })).toMatchObject({
      result: 'matched',
      again: true,
    });
  });

  it('is for people when its books do not balance', () => {
    const found = judged(settled({ state: 'unbalanced' }), { answer: 'own' });
    expect(found).toMatchObject({ result: 'impossible', again: false, needsPeople: true });
  });
});
