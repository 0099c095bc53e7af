import { Duration } from 'aws-cdk-lib';
import type { EventSourceMapping, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import { derivedAlarm, nothingIn } from './derived-alarm.ts';

const runbook = 'docs/guides/prove-that-nothing-was-changed.md';
const period = Duration.minutes(5);

interface AuditAlarmsProps {
  readonly stage: Stage;
  readonly topic: ITopic;
  readonly writer: IFunction;
  readonly sealer: IFunction;
  readonly sources: readonly EventSourceMapping[];
}

/** A stream keeps what is not written for a day; a day that is not sealed can still be sealed in the next nights. */
export function auditAlarms(scope: Construct, { stage, topic, writer, sealer }: AuditAlarmsProps): void {
  const owner = { integration: 'audit', stage, topic };
  const hour = 3_600_000;
  derivedAlarm(
    scope,
    {
      ...{ id: 'behind', threshold: hour, runbook },
      meaning:
        'Changes of the books are not in the audit trail after an hour. After 24 hours they are lost to it.',
    },
    { metric: writer.metric('IteratorAge', { period, statistic: 'Maximum' }), owner },
  );
  for (const { fn, name } of [
    { fn: writer, name: 'writer' },
    { fn: sealer, name: 'sealer' },
  ]) {
    derivedAlarm(
      scope,
      {
        ...{ id: `${name}-failed`, threshold: 3, runbook },
        meaning: `The function that ${name === 'writer' ? 'writes the audit trail' : 'seals its days'} fails.`,
      },
      { metric: fn.metricErrors({ period: Duration.hours(1), statistic: 'Sum' }), owner },
    );
    derivedAlarm(
      scope,
      {
        ...{ id: `${name}-throttled`, threshold: 1, periods: 3, runbook },
        meaning: `Lambda does not start the function that ${name === 'writer' ? 'writes the audit trail' : 'seals its days'}.`,
      },
      { metric: fn.metricThrottles({ period, statistic: 'Sum' }), owner },
    );
  }
  derivedAlarm(
    scope,
    {
      ...{ id: 'not-sealed', threshold: 1, runbook, noDataRings: true },
      meaning: 'No run sealed the audit trail for a day.',
    },
    {
      metric: nothingIn(
        sealer.metricInvocations({ period: Duration.days(1), statistic: 'Sum' }),
        Duration.days(1),
      ),
      owner,
    },
  );
}
