import { laneAlarmsOf } from '#adapters/file-lane/derive/alarms-lane.ts';
import { laneSignals } from '#adapters/file-lane/derive/signals-lane.ts';
import { byFile, byRow, contracts } from '../fixtures/lanes.ts';
import { fixtureApp, fixtureTemplates, templatesOf } from '../fixtures/synthesised.ts';

const { byRow: lane } = fixtureTemplates();
const specs = laneAlarmsOf(byRow);

const alarms = () =>
  Object.values(lane.findResources('AWS::CloudWatch::Alarm')).map(alarm => alarm.Properties);

describe('a lane’s alarms', () => {
  it('are one for each specification, and say what they mean and where their runbook is', () => {
    expect(alarms().map(alarm => [alarm.AlarmName, alarm.AlarmDescription])).toEqual(
      specs.map(spec => [`initech-parcels-${spec.id}-dev`, `${spec.meaning} Runbook: ${spec.runbook}`]),
    );
    expect(specs.map(spec => spec.runbook)).toEqual([
      'docs/runbooks/initech-parcels.md#dead-letters',
      'docs/runbooks/initech-parcels.md#oldest-message',
      'docs/runbooks/initech-parcels.md#function-errors',
      'docs/runbooks/initech-parcels.md#failing-messages',
      'docs/runbooks/initech-parcels.md#unbalanced-books',
      'docs/runbooks/initech-parcels.md#lane-stopped',
      'docs/runbooks/initech-parcels.md#throttled-function',
      'docs/runbooks/initech-parcels.md#failed-notifications',
    ]);
  });

  it('have titles whose Markdown anchor is their id', () => {
    for (const spec of specs) expect(spec.title.toLowerCase().replaceAll(' ', '-')).toBe(spec.id);
  });

  it('all ring on the platform’s topic, and not for want of data', () => {
    for (const alarm of alarms()) {
      expect(alarm.AlarmActions).toEqual([{ Ref: expect.stringContaining('platformalarms') }]);
      expect(alarm.TreatMissingData).toBe('notBreaching');
      expect(alarm.ComparisonOperator).toBe('GreaterThanOrEqualToThreshold');
    }
  });

  it('watch the lane’s own queues and function', () => {
    expect(
      alarms().map(alarm => [alarm.MetricName, JSON.stringify(alarm.Dimensions ?? 'none'), alarm.Threshold]),
    ).toEqual([
      ['ApproximateNumberOfMessagesVisible', expect.stringContaining('QueuesDeadLetters'), 1],
      ['ApproximateAgeOfOldestMessage', expect.stringContaining('QueuesWork'), 300],
      ['Errors', expect.stringContaining('LaneFunction'), 1],
      ['initech-parcels/FailedMessages', '"none"', 3],
      ['initech-parcels/UnbalancedBooks', '"none"', 1],
      ['initech-parcels/LaneStopped', '"none"', 1],
      ['Throttles', expect.stringContaining('LaneFunction'), 1],
      ['FailedInvocations', expect.stringContaining('ObjectCreated'), 1],
    ]);
  });

  it('count the log lines that say so', () => {
    const signals = laneSignals.map(({ pattern }) => pattern);
    const filters = Object.values(lane.findResources('AWS::Logs::MetricFilter'))
      .map(filter => filter.Properties)
      .filter(({ FilterPattern }) => !signals.includes(FilterPattern));
    expect(filters.map(filter => filter.FilterPattern)).toEqual([
      '{ $.message = "message failed" }',
      '{ ($.message = "file settled") && ($.state = "unbalanced") }',
      '{ $.message = "lane stopped" }',
    ]);
    for (const filter of filters) {
      expect(filter.LogGroupName).toEqual({ Ref: expect.stringContaining('LaneLog') });
      expect(filter.MetricTransformations[0].MetricNamespace).toBe('EdgeAdapters/dev');
    }
  });

  it('ring for silence where the contract says how long, and without data too', () => {
    const [, silent] = templatesOf(
      fixtureApp({}, { ...contracts, integrations: [{ ...byRow, quietForHours: 26 }] }),
    );
    const [quiet] = Object.values(silent!.findResources('AWS::CloudWatch::Alarm'))
      .map(alarm => alarm.Properties)
      .filter(({ AlarmName }) => AlarmName === 'initech-parcels-quiet-dev');
    expect(quiet).toMatchObject({ EvaluationPeriods: 26, TreatMissingData: 'breaching', Threshold: 1 });
    expect(quiet?.Metrics).toMatchObject([
      { Expression: 'IF(FILL(counted, 0) < 1, 1, 0)' },
      {
        MetricStat: {
          Metric: {
            Namespace: 'AWS/Events',
            MetricName: 'TriggeredRules',
            Dimensions: [{ Name: 'RuleName' }],
          },
          Period: 3_600,
          Stat: 'Sum',
        },
      },
    ]);
  });

  it('name their runbook by its address where one is configured', () => {
    const config = { docsAt: 'https://git.example.com/edge/blob/main/docs/' };
    const [, addressed] = templatesOf(fixtureApp({}, contracts, config));
    const [first] = Object.values(addressed!.findResources('AWS::CloudWatch::Alarm'));
    expect(first?.Properties.AlarmDescription).toMatch(
      / Runbook: https:\/\/git\.example\.com\/edge\/blob\/main\/docs\/runbooks\/initech-parcels\.md#dead-letters$/,
    );
  });

  it('leave a lane that waits for its data file the time to wait', () => {
    const threshold = (lane: typeof byFile) =>
      laneAlarmsOf(lane).find(({ id }) => id === 'oldest-message')?.threshold;
    expect(threshold(byRow)).toBe(300);
    expect(threshold(byFile)).toBe(900);
  });

  it('each say what to do', () => {
    for (const spec of specs) expect(spec.whatToDo.length).toBeGreaterThanOrEqual(3);
  });
});
