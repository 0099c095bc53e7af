import { beginWatch, nextDue, type Watch, watchSchedule } from '#shared/core/schedule/watch-schedule.ts';

const schedule = { cron: '0 6 * * *', zone: 'UTC', graceMinutes: 60 };
const at = (text: string): number => Date.parse(`2026-11-${text}:00Z`);
const shown = (times: readonly number[]): string[] =>
  times.map(time => new Date(time).toISOString().slice(8, 16));

const begun: Watch = { upTo: at('20T07:00'), isMet: false, missing: [] };

const watch = (now: string, ...came: readonly (readonly [string, string?])[]) =>
  watchSchedule(schedule, begun, {
    now: at(now),
    came: came.map(([time, period]) => ({ id: time, at: at(time), period })),
  });

it('is content with a file before its time, at its time and within its grace', () => {
  for (const time of ['20T23:00', '21T06:00', '21T07:00'])
    expect(watch('21T12:00', [time])).toMatchObject({ overdue: [], watch: { missing: [], isMet: false } });
});

it('tells of a file that did not come, once, when its grace is over', () => {
  expect(watch('21T06:59').overdue).toEqual([]);
  const { overdue, watch: after } = watch('21T07:00');
  expect(shown(overdue)).toEqual(['21T06:00']);
  expect(watchSchedule(schedule, after, { now: at('21T07:15'), came: [] })).toMatchObject({
    overdue: [],
    watch: { missing: overdue },
  });
});

it('takes the next file for the oldest that is missing, and the one after it for its own time', () => {
  const { late, overdue, watch: after } = watch('23T12:00', ['22T08:00'], ['22T09:00'], ['23T05:00']);
  expect(shown(overdue)).toEqual(['21T06:00', '22T06:00']);
  expect(late.map(({ id, due }) => [id, ...shown([due])])).toEqual([
    ['22T08:00', '21T06:00'],
    ['22T09:00', '22T06:00'],
  ]);
  expect(after.missing).toEqual([]);
});

it('does not take a second file of one day for the next day’s', () => {
  expect(shown(watch('22T12:00', ['21T05:00'], ['21T05:30']).overdue)).toEqual(['22T06:00']);
});

it('does not take a corrected file of the same period for another', () => {
  const { overdue } = watch('22T12:00', ['21T05:00', '20261121'], ['21T20:00', '20261121']);
  expect(shown(overdue)).toEqual(['22T06:00']);
});

it('begins after the last time whose grace is over, so that nothing is overdue that nobody watched', () => {
  const first = beginWatch(schedule, at('21T06:30'));
  expect(shown([first.upTo])).toEqual(['20T07:00']);
  expect(watchSchedule(schedule, first, { now: at('21T06:30'), came: [] }).overdue).toEqual([]);
});

it('knows what is due next: the time whose file did not come yet', () => {
  const due = (now: string, ...came: [string][]) =>
    shown([nextDue(schedule, watch(now, ...came).watch) ?? 0]);
  expect(due('21T05:00')).toEqual(['21T06:00']);
  expect(due('21T06:30')).toEqual(['21T06:00']);
  expect(due('21T05:00', ['21T04:00'])).toEqual(['22T06:00']);
  expect(due('21T07:30')).toEqual(['22T06:00']);
});

it('keeps the last ten that are missing', () => {
  const { overdue, watch: after } = watchSchedule(
    schedule,
    { ...begun, upTo: at('01T07:00') },
    { now: at('20T12:00'), came: [] },
  );
  expect([overdue.length, after.missing.length]).toEqual([19, 10]);
});
