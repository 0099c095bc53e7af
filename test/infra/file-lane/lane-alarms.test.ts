import { laneAlarmsOf } from '#adapters/file-lane/derive/alarms-lane.ts';
import { byFile, byRow } from '../fixtures/lanes.ts';
import { fixtureTemplates } from '../fixtures/synthesised.ts';

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
    ]);
  });

  it('have titles whose Markdown anchor is their id', () => {
    for (const spec of specs) expect(spec.title.toLowerCase().replaceAll(' ', '-')).toBe(spec.id);
  });

  it('all ring on the platform’s topic, and not for want of data', () => {
    for (const alarm of alarms()) {
      expect(alarm.AlarmActions).toEqual([{ 'Fn::ImportValue': expect.stringContaining('AlarmsTopic') }]);
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
    ]);
  });

  it('count the log lines that say so', () => {
    const filters = Object.values(lane.findResources('AWS::Logs::MetricFilter')).map(
      filter => filter.Properties,
    );
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

  it('leave a lane that waits for its data file the time to wait', () => {
    const threshold = (lane: typeof byFile) =>
      laneAlarmsOf(lane).find(({ id }) => id === 'oldest-message')?.threshold;
    expect(threshold(byRow)).toBe(300);
    expect(threshold(byFile)).toBe(900);
  });

  it('each tell what to do', () => {
    for (const spec of specs) expect(spec.whatToDo.length).toBeGreaterThanOrEqual(3);
  });
});
