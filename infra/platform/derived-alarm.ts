import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Stage } from '../stage.ts';

/** Whose alarms they are, and whom they call. */
export interface AlarmOwner {
  readonly integration: string;
  readonly stage: Stage;
  readonly topic: ITopic;
}

/** What every kind's alarm specification says, besides its metric. */
interface DerivedSpec {
  readonly id: string;
  readonly meaning: string;
  readonly runbook: string;
  readonly threshold: number;
}

/** An alarm of a contract, which tells its meaning and its runbook to whoever it calls. */
export function derivedAlarm(
  scope: Construct,
  spec: DerivedSpec,
  { metric, owner }: { readonly metric: IMetric; readonly owner: AlarmOwner },
): void {
  new Alarm(scope, spec.id, {
    alarmName: `${owner.integration}-${spec.id}-${owner.stage.name}`,
    alarmDescription: `${spec.meaning} Runbook: ${spec.runbook}`,
    metric,
    threshold: spec.threshold,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  }).addAlarmAction(new SnsAction(owner.topic));
}

/** Counts the lines of a log that match a pattern. */
export const countedLines = (
  scope: Construct,
  { name, pattern }: { readonly name: string; readonly pattern: string },
  { logGroup, owner }: { readonly logGroup: ILogGroup; readonly owner: AlarmOwner },
): MetricFilter =>
  new MetricFilter(scope, name, {
    logGroup,
    filterPattern: FilterPattern.literal(pattern),
    metricNamespace: `EdgeAdapters/${owner.stage.name}`,
    metricName: `${owner.integration}/${name}`,
    metricValue: '1',
  });
