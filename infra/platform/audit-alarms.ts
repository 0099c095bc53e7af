import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import { derivedAlarm, nothingIn, platformPart } from './derived-alarm.ts';
import { functionAlarms } from './function-alarms.ts';

const runbook = 'docs/guides/prove-that-nothing-was-changed.md';
const period = Duration.minutes(5);

/** Streams and schedules try again: one failure is nothing to wake anyone for. */
const patience = { runbook, errors: { threshold: 3, period: Duration.hours(1) }, throttledPeriods: 3 };

interface AuditAlarmsProps {
  readonly stage: Stage;
  readonly topic: ITopic;
  readonly writer: IFunction;
  readonly sealer: IFunction;
}

/** A stream keeps what is not written for a day; a day that is not sealed can still be sealed in the next nights. */
export function auditAlarms(scope: Construct, { stage, topic, writer, sealer }: AuditAlarmsProps): void {
  const ownerOf = (part: 'audit-writer' | 'audit-sealer') => ({
    integration: platformPart(part),
    stage,
    topic,
  });
  const hour = 3_600_000;
  derivedAlarm(
    scope,
    {
      ...{ id: 'behind', threshold: hour, runbook },
      meaning:
        'Changes of the books are not in the audit trail after an hour. After 24 hours they are lost to it.',
    },
    {
      metric: writer.metric('IteratorAge', { period, statistic: 'Maximum' }),
      owner: ownerOf('audit-writer'),
    },
  );
  for (const { fn, part, meaning } of [
    { fn: writer, part: 'audit-writer', meaning: 'It writes the audit trail.' },
    { fn: sealer, part: 'audit-sealer', meaning: 'It seals the days of the audit trail.' },
  ] as const)
    functionAlarms(scope, { name: platformPart(part), ...{ meaning, fn, stage, topic }, ...patience });
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
      owner: ownerOf('audit-sealer'),
    },
  );
}
