import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { registryLines } from '#operate/core/retention/registry-lines.ts';
import { linesWith } from '#shared/derive/alarm.ts';
import type { Stage } from '../stage.ts';
import { derivedAlarm, metricNamespace, platformPart } from './derived-alarm.ts';

const unreadMetric = 'Registry/not-read';

/** Of every function that knows the integrations: one metric, for one alarm. */
export function countUnread(scope: Construct, logGroup: ILogGroup, stage: Stage): void {
  new MetricFilter(scope, 'RegistryNotRead', {
    logGroup,
    filterPattern: FilterPattern.literal(linesWith(registryLines.notRead)),
    metricNamespace: metricNamespace(stage),
    metricName: unreadMetric,
    metricValue: '1',
  });
}

export function registryAlarm(
  parent: Construct,
  { stage, topic }: { readonly stage: Stage; readonly topic: ITopic },
): void {
  const scope = new Construct(parent, 'Registry');
  const metric = new Metric({
    namespace: metricNamespace(stage),
    metricName: unreadMetric,
    statistic: 'Sum',
    period: Duration.minutes(5),
  });
  derivedAlarm(
    scope,
    {
      id: 'not-read',
      meaning:
        'Functions of the platform cannot read which integrations there are. They use what they read last, for 15 minutes; then they fail.',
      runbook: 'docs/guides/operate.md#the-suite-itself',
      threshold: 1,
    },
    { metric, owner: { integration: platformPart('registry'), stage, topic } },
  );
}
