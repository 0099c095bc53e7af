import type { Template } from 'aws-cdk-lib/assertions';
import { examiner } from '#adapters/cdc-feed/core/feed/examine.ts';
import { feedAlarmsOf } from '#adapters/cdc-feed/derive/alarms-feed.ts';
import { feedSignals } from '#adapters/cdc-feed/derive/signals-feed.ts';
import { settleBatch } from '#adapters/cdc-feed/flow/settle-batch.ts';
import { memoryFeedPorts } from '#adapters/cdc-feed/memory/memory-feed-ports.ts';
import { feedContracts, fromKinesis } from '../fixtures/feeds.ts';
import { fixtureApp, templatesOf } from '../fixtures/synthesised.ts';

const [, feed, table, kafka] = templatesOf(fixtureApp({}, feedContracts));
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
        'feed-dead',
        'feed-stopped',
        'function-errors',
        'quarantined-changes',
        'unbalanced-books',
        'fallen-positions',
        'schema-drift',
        'throttled-function',
        'unannounced-records',
      ].map(id => `docs/runbooks/depot-changes.md#${id}`),
    );
  });

  it('have titles whose Markdown anchor is their id, and each say what to do', () => {
    for (const spec of specs) {
      expect(spec.title.toLowerCase().replaceAll(' ', '-')).toBe(spec.id);
      expect(spec.whatToDo.length).toBeGreaterThanOrEqual(3);
    }
  });

  it('all ring on the platform’s topic, and not for want of data', () => {
    for (const alarm of alarms()) {
      expect(alarm.AlarmActions).toEqual([{ Ref: expect.stringContaining('platformalarms') }]);
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
      ['expression', expect.stringContaining('IncomingRecords'), 1],
      ['depot-changes/StoppedBatches', expect.anything(), 3],
      ['Errors', expect.stringContaining('FeedFunction'), 1],
      ['depot-changes/Quarantined', expect.anything(), 1],
      ['depot-changes/UnbalancedBooks', expect.anything(), 1],
      ['depot-changes/FallenPositions', expect.anything(), 1],
      ['depot-changes/SchemaDrift', expect.anything(), 1],
      ['Throttles', expect.stringContaining('FeedFunction'), 1],
      ['expression', expect.stringContaining('FailedInvocations'), 1],
    ]);
  });

  it('measure in seconds the age that Lambda gives in milliseconds', () => {
    const behind = alarms().find(alarm => alarm.AlarmName === 'depot-changes-feed-behind-dev');
    expect(behind?.Metrics[0].Expression).toBe('age / 1000');
  });

  it('count the log lines that say so', () => {
    const filters = Object.values(feed!.findResources('AWS::Logs::MetricFilter')).map(
      filter => filter.Properties.FilterPattern,
    );
    expect(filters).toEqual([
      ...feedSignals.map(({ pattern }) => pattern),
      '{ $.message = "batch stopped" }',
      '{ $.message = "books unbalanced" }',
      '{ $.message = "position fell" }',
      '{ $.message = "schema drift" }',
    ]);
  });

  it('ring when the flow loses a record: its log line is the one that the alarm counts', async () => {
    const [line] = await unbalancedLines();
    const [filter] = Object.values(feed!.findResources('AWS::Logs::MetricFilter')).filter(
      ({ Properties }) => Properties.FilterPattern === `{ $.message = "${line!.event}" }`,
    );
    const [metric] = filter!.Properties.MetricTransformations;
    const [alarm] = alarms().filter(({ MetricName }) => MetricName === metric.MetricName);
    expect(alarm).toMatchObject({
      AlarmName: 'depot-changes-unbalanced-books-dev',
      Namespace: metric.MetricNamespace,
      Threshold: 1,
      Period: 60,
      Statistic: 'Sum',
    });
    expect(line!.fields).toMatchObject({
      integration: 'depot-changes',
      code: 'BOOKS_UNBALANCED',
      received: 1,
    });
  });

  const named = (template: Template, name: string) =>
    Object.values(template.findResources('AWS::CloudWatch::Alarm'))
      .map(alarm => alarm.Properties)
      .find(({ AlarmName }) => AlarmName === name);

  /** Namespace, name and dimensions of each metric of an expression. */
  const metricsOf = (alarm: ReturnType<typeof named>) =>
    alarm?.Metrics.flatMap(({ MetricStat }: { MetricStat?: { Metric: object; Period: number } }) =>
      MetricStat ? [{ ...MetricStat.Metric, Period: MetricStat.Period }] : [],
    );

  it('ring when records come and no batch is delivered, two hours in a row', () => {
    const dead = named(feed!, 'depot-changes-feed-dead-dev');
    expect(dead).toMatchObject({ EvaluationPeriods: 2, Threshold: 1, TreatMissingData: 'notBreaching' });
    expect(dead?.Metrics[0].Expression).toBe('IF(FILL(arriving, 0) > 0 AND FILL(calls, 0) < 1, 1, 0)');
    expect(metricsOf(dead)).toMatchObject([
      { Namespace: 'AWS/Kinesis', MetricName: 'IncomingRecords', Period: 3_600 },
      { Namespace: 'AWS/Lambda', MetricName: 'Invocations', Period: 3_600 },
    ]);
    expect(metricsOf(named(table!, 'depot-shelves-feed-dead-dev'))).toMatchObject([
      {
        Namespace: 'AWS/DynamoDB',
        MetricName: 'ConsumedWriteCapacityUnits',
        Dimensions: [{ Name: 'TableName' }],
      },
      { MetricName: 'Invocations' },
    ]);
  });

  it('know over Kafka what waits in the topics, for how long, and whether anyone reads', () => {
    const behind = named(kafka!, 'depot-topics-feed-behind-dev');
    expect(behind?.Metrics[0].Expression).toMatch(/^MAX\(\[FILL\(topic0, 0\)/);
    expect(metricsOf(behind)[0]).toMatchObject({
      Namespace: 'AWS/Kafka',
      MetricName: 'EstimatedMaxTimeLag',
      Dimensions: [
        { Name: 'Cluster Name', Value: { 'Fn::Select': [1, { 'Fn::Split': ['/', { Ref: 'ClusterArn' }] }] } },
        { Name: 'Consumer Group', Value: expect.stringMatching(/^depot-topics\.dev\./) },
        { Name: 'Topic' },
      ],
    });
    const dead = metricsOf(named(kafka!, 'depot-topics-feed-dead-dev'));
    expect(dead.map(({ MetricName }: { MetricName: string }) => MetricName)).toEqual(
      expect.arrayContaining(['SumOffsetLag', 'Invocations']),
    );
  });

  it('ring for notices of undelivered records that were not brought, kept or not', () => {
    const alarm = named(feed!, 'depot-changes-unannounced-records-dev');
    expect(metricsOf(alarm)).toMatchObject([
      { MetricName: 'FailedInvocations', Dimensions: [{ Name: 'RuleName' }] },
      { MetricName: 'InvocationsSentToDlq', Dimensions: [{ Name: 'RuleName' }] },
    ]);
  });

  it('ring for silence where the contract says how long, and without data too', () => {
    expect(named(feed!, 'depot-changes-quiet-dev')).toBeUndefined();
    const [, silent] = templatesOf(
      fixtureApp({}, { ...feedContracts, integrations: [{ ...fromKinesis, quietForHours: 26 }] }),
    );
    const quiet = named(silent!, 'depot-changes-quiet-dev');
    expect(quiet).toMatchObject({ EvaluationPeriods: 26, TreatMissingData: 'breaching', Threshold: 1 });
    expect(quiet?.Metrics[0].Expression).toBe('IF(FILL(counted, 0) < 1, 1, 0)');
    expect(metricsOf(quiet)).toMatchObject([{ MetricName: 'Invocations', Period: 3_600 }]);
  });

  it('say what becomes of changes that drifted', () => {
    const meaning = (drift: 'continue' | 'quarantine') =>
      feedAlarmsOf({ ...fromKinesis, drift }).find(({ id }) => id === 'schema-drift')?.meaning;
    expect(meaning('continue')).toContain('go on without what is unknown');
    expect(meaning('quarantine')).toContain('are quarantined until the contract follows');
  });
});

/** The error lines of a batch whose only record a step loses. */
async function unbalancedLines() {
  const ports = memoryFeedPorts();
  const invocation = { remainingMilliseconds: () => 60_000 };
  const work = { feed: fromKinesis, ports, examine: examiner(fromKinesis), invocation };
  const record = {
    sequenceNumber: '1',
    arrivedAt: '2026-01-05T08:00:00.000Z',
    record: { data: Buffer.from('') },
  };
  await settleBatch(work, { stream: 'depots', shard: '0', received: 1, records: [record] }, async () => []);
  return ports.log.lines.filter(({ level }) => level === 'error');
}
