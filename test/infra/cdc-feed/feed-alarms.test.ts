import { feedAlarmsOf } from '#adapters/cdc-feed/derive/alarms-feed.ts';
import { feedContracts, fromKafka, fromKinesis } from '../fixtures/feeds.ts';
import { fixtureApp, templatesOf } from '../fixtures/synthesised.ts';

const [, feed, , kafka] = templatesOf(fixtureApp({}, feedContracts));
const specs = feedAlarmsOf(fromKinesis);

const alarms = () =>
  Object.values(feed!.findResources('AWS::CloudWatch::Alarm')).map(alarm => alarm.Properties);

describe('a feed’s alarms', () => {
  it('are one for each specification, and say what they mean and where their runbook is', () => {
    expect(alarms().map(alarm => [alarm.AlarmName, alarm.AlarmDescription])).toEqual(
      specs.map(spec => [`depot-changes-${spec.id}-dev`, `${spec.meaning} Runbook: ${spec.runbook}`]),
    );
    expect(specs.map(spec => spec.runbook)).toEqual(
      [
        'undelivered-records',
        'feed-behind',
        'feed-stopped',
        'function-errors',
        'quarantined-changes',
        'unbalanced-books',
        'schema-drift',
      ].map(id => `docs/runbooks/depot-changes.md#${id}`),
    );
  });

  it('have titles whose Markdown anchor is their id, and each tell what to do', () => {
    for (const spec of specs) {
      expect(spec.title.toLowerCase().replaceAll(' ', '-')).toBe(spec.id);
      expect(spec.whatToDo.length).toBeGreaterThanOrEqual(3);
    }
  });

  it('all ring on the platform’s topic, and not for want of data', () => {
    for (const alarm of alarms()) {
      expect(alarm.AlarmActions).toEqual([{ 'Fn::ImportValue': expect.stringContaining('AlarmsTopic') }]);
      expect(alarm.TreatMissingData).toBe('notBreaching');
      expect(alarm.ComparisonOperator).toBe('GreaterThanOrEqualToThreshold');
    }
  });

  it('watch the feed’s own queue, function and log', () => {
    expect(
      alarms().map(alarm => [alarm.MetricName ?? 'expression', JSON.stringify(alarm), alarm.Threshold]),
    ).toEqual([
      ['ApproximateNumberOfMessagesVisible', expect.stringContaining('UndeliveredAnnounced'), 1],
      ['expression', expect.stringContaining('IteratorAge'), 120],
      ['depot-changes/StoppedBatches', expect.anything(), 3],
      ['Errors', expect.stringContaining('FeedFunction'), 1],
      ['depot-changes/QuarantinedChanges', expect.anything(), 1],
      ['depot-changes/UnbalancedBooks', expect.anything(), 1],
      ['depot-changes/SchemaDrift', expect.anything(), 1],
    ]);
  });

  it('measure in seconds the age that Lambda tells in milliseconds', () => {
    const behind = alarms().find(alarm => alarm.AlarmName === 'depot-changes-feed-behind-dev');
    expect(behind?.Metrics[0].Expression).toBe('age / 1000');
  });

  it('count the log lines that say so', () => {
    const filters = Object.values(feed!.findResources('AWS::Logs::MetricFilter')).map(
      filter => filter.Properties.FilterPattern,
    );
    expect(filters).toEqual([
      '{ $.message = "batch stopped" }',
      '{ ($.message = "batch settled") && ($.quarantined > 0) }',
      '{ $.message = "books unbalanced" }',
      '{ $.message = "schema drift" }',
    ]);
  });

  it('leave out the age over Kafka, which has none', () => {
    const names = Object.values(kafka!.findResources('AWS::CloudWatch::Alarm')).map(
      alarm => alarm.Properties.AlarmName,
    );
    expect(names).not.toContain('depot-topics-feed-behind-dev');
    expect(names).toHaveLength(feedAlarmsOf(fromKafka).length);
  });

  it('say what becomes of changes that drifted', () => {
    const meaning = (drift: 'continue' | 'quarantine') =>
      feedAlarmsOf({ ...fromKinesis, drift }).find(({ id }) => id === 'schema-drift')?.meaning;
    expect(meaning('continue')).toContain('go on without what is unknown');
    expect(meaning('quarantine')).toContain('are quarantined until the contract follows');
  });
});
