import { logLines, noKeysCode } from '#adapters/webhook-fence/core/webhook/log-lines.ts';
import { fenceAlarmsOf } from '#adapters/webhook-fence/derive/alarms-fence.ts';
import { fenceContracts, full, plain } from '../fixtures/fences.ts';
import { fixtureApp, templatesOf } from '../fixtures/synthesised.ts';

const [, fence] = templatesOf(fixtureApp({}, fenceContracts));
const specs = fenceAlarmsOf(full);

const alarms = Object.values(fence!.findResources('AWS::CloudWatch::Alarm')).map(alarm => alarm.Properties);
const alarm = (id: string) => alarms.find(({ AlarmName }) => AlarmName === `initech-moves-${id}-dev`)!;

const filters = Object.values(fence!.findResources('AWS::Logs::MetricFilter')).map(
  filter => filter.Properties,
);
const filter = (name: string) =>
  filters.find(({ MetricTransformations: [made] }) => made.MetricName === `initech-moves/${name}`)!;

describe('a fence’s alarms', () => {
  it('are one for each specification, and say what they mean and where their runbook is', () => {
    expect(alarms.map(({ AlarmName, AlarmDescription }) => [AlarmName, AlarmDescription])).toEqual(
      specs.map(({ id, meaning, runbook }) => [`initech-moves-${id}-dev`, `${meaning} Runbook: ${runbook}`]),
    );
    for (const { id, runbook } of specs) expect(runbook).toBe(`docs/runbooks/initech-moves.md#${id}`);
  });

  it('watch over what can go wrong: signatures, quotas, keys, the bus, the drain, the books', () => {
    expect(specs.map(({ id }) => id)).toEqual([
      'refused-signatures',
      'refused-deliveries',
      'refused-requests',
      'quarantined-deliveries',
      'throttled-requests',
      'no-usable-secret',
      'secret-overdue',
      'server-errors',
      'function-errors',
      'throttled-function',
      'unbalanced-books',
      'spill-depth',
      'oldest-spill',
      'dead-letters',
      'drain-conflict',
      'bus-denied',
      'rejects-not-kept',
    ]);
    expect(fenceAlarmsOf(plain).map(({ id }) => id)).not.toContain('secret-overdue');
  });

  it('have titles whose Markdown anchor is their id, and say what to do', () => {
    for (const { id, title, whatToDo } of specs) {
      expect(title.toLowerCase().replaceAll(' ', '-')).toBe(id);
      expect(whatToDo.length).toBeGreaterThanOrEqual(2);
    }
  });

  it('fit CloudWatch’s description, whose end is the runbook', () => {
    for (const { AlarmDescription } of alarms) expect(AlarmDescription.length).toBeLessThanOrEqual(1_024);
  });

  it('all ring on the platform’s topic, and not for want of data', () => {
    for (const { AlarmActions, TreatMissingData } of alarms) {
      expect(AlarmActions).toEqual([{ Ref: expect.stringContaining('platformalarms') }]);
      expect(TreatMissingData).toBe('notBreaching');
    }
  });

  it('take refused and throttled requests from API Gateway’s own lines, as a share, and not below a few', () => {
    const expressionOf = (id: string) =>
      alarm(id).Metrics.find((part: { Expression?: string }) => part.Expression).Expression;
    expect(expressionOf('refused-signatures')).toBe('IF(FILL(part, 0) >= 3, 100 * FILL(part, 0) / whole, 0)');
    expect(expressionOf('throttled-requests')).toContain('>= 10');
    const whole = alarm('throttled-requests').Metrics.find(({ Id }: { Id: string }) => Id === 'whole');
    expect(whole.MetricStat.Metric).toMatchObject({ Namespace: 'AWS/ApiGateway', MetricName: 'Count' });
    expect(filter('Refused')).toMatchObject({
      FilterPattern: '{ ($.status = "401") || ($.status = "403") }',
      LogGroupName: { Ref: expect.stringContaining('HttpLog') },
    });
    expect(filter('Throttled').FilterPattern).toBe('{ $.status = "429" }');
  });

  it('hold what API Gateway handed over against what the functions say became of it', () => {
    const { Metrics } = alarm('unbalanced-books');
    expect(Metrics.find((part: { Expression?: string }) => part.Expression).Expression).toBe(
      'IF(whole - FILL(ended, 0) > whole * 2 / 3600, whole - FILL(ended, 0), 0)',
    );
    expect(filter('Received').FilterPattern).toContain('GET /hooks/initech/status/{correlationId}');
    expect(filter('Ended').LogGroupName).toEqual({ Ref: expect.stringMatching(/^Log/) });
  });

  it('count one set of lines once, whichever alarms use it', () => {
    const names = filters.map(({ MetricTransformations: [made] }) => made.MetricName);
    expect(new Set(names).size).toBe(names.length);
    expect(names).not.toContain('initech-moves/Requests');
  });

  it('watch the spill queue’s depth and age, and its dead letters', () => {
    const queueOf = (id: string) => [
      alarm(id).MetricName,
      JSON.stringify(alarm(id).Dimensions),
      alarm(id).Threshold,
    ];
    expect(queueOf('spill-depth')).toEqual([
      'ApproximateNumberOfMessagesVisible',
      expect.stringContaining('QueuesSpill'),
      100,
    ]);
    expect(queueOf('oldest-spill')).toEqual([
      'ApproximateAgeOfOldestMessage',
      expect.stringContaining('QueuesSpill'),
      120,
    ]);
    expect(queueOf('dead-letters')).toEqual([
      'ApproximateNumberOfMessagesVisible',
      expect.stringContaining('QueuesDeadLetters'),
      1,
    ]);
  });

  it('look for messages and a code that the flow takes from the same constants', () => {
    const words = specs
      .flatMap(({ metric }) =>
        metric.kind === 'log' ? [metric.lines] : metric.kind === 'missing' ? [metric.ended] : [],
      )
      .flatMap(({ pattern }) => [...pattern.matchAll(/\$\.(?:message|code) = "([^"]+)"/g)])
      .map(([, word]) => word);
    expect(words.length).toBeGreaterThan(6);
    const written: readonly (string | undefined)[] = [...Object.values(logLines), noKeysCode];
    expect(words.filter(word => !written.includes(word))).toEqual([]);
  });

  it('ring at the first genuine delivery that is quarantined, or may be refused', () => {
    expect(filter('QuarantinedDeliveries').FilterPattern).toBe('{ ($.message = "delivery quarantined") }');
    expect(alarm('quarantined-deliveries')).toMatchObject({ Threshold: 1, EvaluationPeriods: 1 });
    expect(filter('RefusedDeliveries').FilterPattern).toBe('{ ($.message = "delivery refused") }');
    expect(alarm('refused-deliveries')).toMatchObject({ Threshold: 1, EvaluationPeriods: 1 });
    expect(filter('RefusedRequests')).toMatchObject({
      FilterPattern: '{ ($.status = "400") || ($.status = "413") || ($.status = "415") }',
      LogGroupName: { Ref: expect.stringContaining('HttpLog') },
    });
    expect(alarm('refused-requests')).toMatchObject({ Threshold: 1, EvaluationPeriods: 1 });
  });

  it('ring at a few answers of 5xx, whoever gave them', () => {
    expect(alarm('server-errors')).toMatchObject({
      ...{ Namespace: 'AWS/ApiGateway', MetricName: '5xx', Statistic: 'Sum' },
      Dimensions: [{ Name: 'ApiId', Value: { Ref: expect.stringContaining('HttpApi') } }],
      ...{ Threshold: 3, EvaluationPeriods: 1 },
    });
  });

  it('ring at the first drain conflict', () => {
    expect(filter('DrainConflicts').FilterPattern).toBe('{ ($.message = "drain conflict") }');
    expect(alarm('drain-conflict')).toMatchObject({ Threshold: 1, EvaluationPeriods: 1 });
  });
});
