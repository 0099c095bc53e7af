import { readExpression } from '#local/scheduler/read-expression.ts';

const next = (text: string, after: string, timezone = 'UTC'): string | undefined => {
  const due = readExpression({ text, timezone, start: Date.parse('2027-01-01T00:00:30Z') })(
    Date.parse(after),
  );
  return due === undefined ? undefined : new Date(due).toISOString().replace('.000', '');
};

const berlin = 'Europe/Berlin';

/** Examples of the EventBridge Scheduler User Guide, and the fields that it describes. 2027-01-01 is a Friday. */
test.each([
  ['cron(0 10 * * ? *)', '2027-01-01T10:00:00Z', '2027-01-02T10:00:00Z'],
  ['cron(15 12 * * ? *)', '2027-01-01T10:00:00Z', '2027-01-01T12:15:00Z'],
  ['cron(0 18 ? * MON-FRI *)', '2027-01-01T18:00:00Z', '2027-01-04T18:00:00Z'],
  ['cron(0/15 * * * ? *)', '2027-01-01T10:00:01Z', '2027-01-01T10:15:00Z'],
  ['cron(0 8 L * ? *)', '2028-02-01T00:00:00Z', '2028-02-29T08:00:00Z'],
  ['cron(0 8 LW * ? *)', '2027-01-01T09:00:00Z', '2027-01-29T08:00:00Z'],
  ['cron(0 8 2W * ? *)', '2027-01-01T09:00:00Z', '2027-02-02T08:00:00Z'],
  ['cron(0 8 1W * ? *)', '2027-04-30T09:00:00Z', '2027-05-03T08:00:00Z'],
  ['cron(15 10 ? * 6L 2027-2029)', '2027-01-01T11:00:00Z', '2027-01-29T10:15:00Z'],
  ['cron(0 8 ? * 2#1 *)', '2027-01-04T09:00:00Z', '2027-02-01T08:00:00Z'],
  ['cron(0 0 29 FEB ? *)', '2027-01-01T00:00:00Z', '2028-02-29T00:00:00Z'],
  ['cron(0 0 30 2 ? *)', '2027-01-01T00:00:00Z', undefined],
  ['cron(0 0 1 1 ? 2026)', '2027-01-01T00:00:00Z', undefined],
  ['rate(1 minute)', '2027-01-01T00:00:30Z', '2027-01-01T00:01:30Z'],
  ['rate(2 hours)', '2026-12-01T00:00:00Z', '2027-01-01T00:00:30Z'],
  ['at(2027-03-01T06:00:00)', '2027-01-01T00:00:00Z', '2027-03-01T06:00:00Z'],
  ['at(2027-03-01T06:00:00)', '2027-03-01T06:00:00Z', undefined],
])('%s after %s is due at %s', (text, after, expected) => {
  expect(next(text, after)).toBe(expected);
});

describe('clocks', () => {
  test('skip a time that does not exist in spring', () => {
    expect(next('cron(30 2 * * ? *)', '2027-03-27T12:00:00Z', berlin)).toBe('2027-03-29T00:30:00Z');
  });

  test('show a time twice in autumn, and it runs once', () => {
    const first = next('cron(30 2 * * ? *)', '2027-10-30T12:00:00Z', berlin);
    expect(first).toBe('2027-10-31T00:30:00Z');
    expect(next('cron(30 2 * * ? *)', first as string, berlin)).toBe('2027-11-01T01:30:00Z');
  });

  test('a rate of a day is 24 hours, whatever clocks do', () => {
    expect(next('rate(1 day)', '2027-03-28T00:00:30Z', berlin)).toBe('2027-03-29T00:00:30Z');
  });
});

test.each([
  ['cron(0 10 * * *)', 'six fields'],
  ['cron(0 10 1 * MON *)', 'must be ?'],
  ['cron(0 10 ? * ? *)', 'must be ?'],
  ['cron(60 10 * * ? *)', 'minute: "60" is not from 0 to 59'],
  ['cron(0 10 * SEPT ? *)', 'month: "SEPT"'],
  ['cron(0 20-2 * * ? *)', 'hour: 20-2 names nothing'],
  ['cron(5 8 1,L * ? *)', 'day of month: "L" is not from 1 to 31'],
  ['rate(0 minutes)', 'not like rate(15 minutes)'],
  ['rate(5 weeks)', 'not like rate(15 minutes)'],
  ['at(tomorrow)', 'not like at('],
  ['0 10 * * ? *', 'none of rate'],
])('refuses %s', (text, message) => {
  expect(() => next(text, '2027-01-01T00:00:00Z')).toThrow(message);
});

test('refuses a time zone that there is not', () => {
  expect(() => next('rate(1 day)', '2027-01-01T00:00:00Z', 'Europe/Bonn')).toThrow('not an IANA time zone');
});
