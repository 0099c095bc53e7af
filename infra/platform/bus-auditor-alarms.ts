import { Duration } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { proofLines } from '#operate/core/proof/log-lines.ts';
import { messageIs } from '#shared/derive/alarm.ts';
import type { Stage } from '../stage.ts';
import { type AlarmOwner, countedLines, derivedAlarm } from './derived-alarm.ts';

export interface BusAuditorAlarmsProps {
  readonly fn: LambdaFunction;
  readonly stage: Stage;
  readonly topic: ITopic;
}

const options = { statistic: 'Sum', period: Duration.minutes(5) } as const;
const runbook = 'docs/guides/operate.md#is-everything-on-the-bus';

/** Nothing that was claimed is unproven without an alarm. */
export function busAuditorAlarms(scope: Construct, { fn, stage, topic }: BusAuditorAlarmsProps): void {
  const owner: AlarmOwner = { integration: 'platform', stage, topic };
  const lines = [
    proofLines.missing,
    proofLines.many,
    proofLines.unlike,
    proofLines.held,
    proofLines.unasked,
    proofLines.unfinished,
  ];
  const pattern = `{ ${lines.map(line => `(${messageIs(line)})`).join(' || ')} }`;
  const unproven = countedLines(scope, { name: 'UnprovenEvents', pattern }, { logGroup: fn.logGroup, owner });
  const alarm = (id: string, meaning: string) => ({ id, meaning, threshold: 1, runbook });
  derivedAlarm(scope, alarm('bus-unproven', 'Events that were claimed to be published are not on the bus.'), {
    metric: unproven.metric(options),
    owner,
  });
  derivedAlarm(
    scope,
    alarm('bus-auditor-errors', 'The auditor of the bus fails. Nothing is proven until it works.'),
    {
      metric: fn.metricErrors(options),
      owner,
    },
  );
  derivedAlarm(scope, alarm('bus-auditor-throttles', 'Lambda refused to start the auditor of the bus.'), {
    metric: fn.metricThrottles(options),
    owner,
  });
}
