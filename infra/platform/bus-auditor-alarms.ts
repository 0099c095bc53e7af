import { Duration } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { proofLines } from '#operate/core/proof/log-lines.ts';
import { messageIs } from '#shared/derive/alarm.ts';
import type { Stage } from '../stage.ts';
import { type AlarmOwner, countedLines, derivedAlarm, platformPart } from './derived-alarm.ts';
import { functionAlarms } from './function-alarms.ts';

export interface BusAuditorAlarmsProps {
  readonly fn: LambdaFunction;
  readonly stage: Stage;
  readonly topic: ITopic;
}

const options = { statistic: 'Sum', period: Duration.minutes(5) } as const;
const runbook = 'docs/guides/operate.md#is-everything-on-the-bus';

/** Nothing that was claimed is unproven without an alarm. */
export function busAuditorAlarms(scope: Construct, { fn, stage, topic }: BusAuditorAlarmsProps): void {
  const name = platformPart('bus-auditor');
  const owner: AlarmOwner = { integration: name, stage, topic };
  const lines = [
    proofLines.missing,
    proofLines.many,
    proofLines.changed,
    proofLines.unlike,
    proofLines.gone,
    proofLines.unclaimed,
    proofLines.trail,
    proofLines.held,
    proofLines.unasked,
    proofLines.unfinished,
  ];
  const pattern = `{ ${lines.map(line => `(${messageIs(line)})`).join(' || ')} }`;
  const unproven = countedLines(scope, { name: 'UnprovenEvents', pattern }, { logGroup: fn.logGroup, owner });
  const meaning =
    'Events are not proven: some that were claimed are not on the bus, or what proves them was changed.';
  derivedAlarm(
    scope,
    { id: 'unproven', meaning, threshold: 1, runbook },
    { metric: unproven.metric(options), owner },
  );
  const unreported = 'A consumer did not report events of a day that is over.';
  const reported = { name: 'UnreportedEvents', pattern: `{ ${messageIs(proofLines.unreported)} }` };
  if (Object.keys(stage.receipts).length > 0)
    derivedAlarm(
      scope,
      { id: 'events-unreported', meaning: unreported, threshold: 1, runbook },
      { metric: countedLines(scope, reported, { logGroup: fn.logGroup, owner }).metric(options), owner },
    );
  functionAlarms(scope, { name, meaning: 'Nothing is proven until it works.', ...{ fn, stage, topic } });
}
