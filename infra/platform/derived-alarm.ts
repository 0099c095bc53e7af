import type { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  type MetricOptions,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IRule } from 'aws-cdk-lib/aws-events';
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
  readonly periods?: number;
  readonly noDataRings?: true;
}

/** An alarm of a contract, with its meaning and its runbook for whoever it calls. */
export function derivedAlarm(
  scope: Construct,
  spec: DerivedSpec,
  { metric, owner }: { readonly metric: IMetric; readonly owner: AlarmOwner },
): Alarm {
  const alarm = new Alarm(scope, spec.id, {
    alarmName: alarmName(owner.stage, owner.integration, spec.id),
    alarmDescription: `${spec.meaning} Runbook: ${runbookAddress(owner.stage, spec.runbook)}`,
    metric,
    threshold: spec.threshold,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: spec.periods ?? 1,
    treatMissingData: spec.noDataRings ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(owner.topic));
  return alarm;
}

/** What owns the alarms of a part of the platform: their names begin so, and those of integrations do not. */
export const platformPart = (part: string): string => `edge-${part}`;

export const alarmName = (stage: Stage, integration: string, alarm: string): string =>
  `${stage.prefix}${integration}-${alarm}-${stage.name}`;

/** Where people can read it; the path in the repository where the configuration names no address. */
const runbookAddress = ({ docsAt }: Stage, runbook: string): string =>
  docsAt === undefined ? runbook : new URL(runbook.slice('docs/'.length), docsAt).href;

/** 1 in each period in which nothing was counted, else 0. */
export const nothingIn = (counted: IMetric, period: Duration): MathExpression =>
  new MathExpression({
    expression: 'IF(FILL(counted, 0) < 1, 1, 0)',
    usingMetrics: { counted },
    label: 'quiet',
    period,
  });

/** A metric of a rule on the default bus. */
export const ruleMetric = (rule: IRule, metricName: string, options: MetricOptions): Metric =>
  new Metric({
    namespace: 'AWS/Events',
    metricName,
    dimensionsMap: { RuleName: rule.ruleName },
    ...options,
  });

/** Of what functions log. */
export const metricNamespace = (stage: Stage): string => `${stage.prefix}EdgeAdapters/${stage.name}`;

type MetricOwner = Pick<AlarmOwner, 'integration' | 'stage'>;

/** A metric that is read from the log of an integration. */
export const logMetric = (
  { integration, stage }: MetricOwner,
  name: string,
  options: MetricOptions = {},
): Metric =>
  new Metric({
    namespace: metricNamespace(stage),
    metricName: `${integration}/${name}`,
    ...options,
  });

/** Where a filter writes the metric. */
export function filteredTo(owner: MetricOwner, name: string) {
  const { namespace, metricName } = logMetric(owner, name);
  return { metricNamespace: namespace, metricName };
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
    ...filteredTo(owner, name),
    metricValue: '1',
  });
