import { Aws, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmStatusWidget,
  AlarmWidget,
  Dashboard,
  GraphWidget,
  type IAlarm,
  type IWidget,
  MathExpression,
  Metric,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { dashboardsOf } from '#adapters/derive/dashboards.ts';
import type { WatchedAlarm, WidgetSpec } from '#shared/derive/dashboard.ts';
import type { SignalName } from '#shared/derive/signal.ts';
import type { Contracts } from '../contracts.ts';
import type { Stage } from '../stage.ts';
import { alarmName, logMetric } from './derived-alarm.ts';

export interface DashboardsStackProps extends StackProps {
  readonly contracts: Pick<Contracts, 'integrations'>;
  readonly stage: Stage;
}

const columns = 24;
const widgetHeight = 6;
const period = Duration.minutes(5);

/** How far consumers are behind: a queue holds what its consumer did not take yet. */
const consumersRow = (queues: readonly (readonly [string, string])[]): IWidget[] => [
  consumersGraph('Seconds that the oldest event waits', 'ApproximateAgeOfOldestMessage', queues),
  consumersGraph('Events that wait', 'ApproximateNumberOfMessagesVisible', queues),
];

const consumersGraph = (
  title: string,
  metricName: string,
  queues: readonly (readonly [string, string])[],
): IWidget =>
  new GraphWidget({
    title,
    left: queues.map(
      ([label, arn]) =>
        new Metric({
          ...{ namespace: 'AWS/SQS', metricName, statistic: 'Maximum', period, label },
          dimensionsMap: { QueueName: arn.slice(arn.lastIndexOf(':') + 1) },
        }),
    ),
    width: columns / 2,
    height: widgetHeight,
  });

/**
 * One dashboard for each domain, and one for the consumers that the configuration names. It knows alarms and metrics by their names, so
 * that no stack refers to it and it refers to none.
 */
export class DashboardsStack extends Stack {
  readonly #stage: Stage;

  constructor(scope: Construct, id: string, { contracts, stage, ...props }: DashboardsStackProps) {
    super(scope, id, props);
    this.#stage = stage;
    for (const { name, rows } of dashboardsOf(contracts.integrations))
      new Dashboard(this, name, {
        dashboardName: `${stage.prefix}edge-${name}-${stage.name}`,
        defaultInterval: Duration.days(1),
        widgets: rows.map(row => row.map(spec => this.#widget(spec, columns / row.length))),
      });
    const queues = Object.entries(stage.consumers);
    if (queues.length > 0)
      new Dashboard(this, 'consumers', {
        dashboardName: `${stage.prefix}edge-consumers-${stage.name}`,
        defaultInterval: Duration.days(1),
        widgets: [consumersRow(queues)],
      });
  }

  #widget(spec: WidgetSpec, width: number): IWidget {
    const size = { width, height: widgetHeight };
    switch (spec.kind) {
      case 'text':
        return new TextWidget({ markdown: spec.markdown, ...size });
      case 'states':
        return new AlarmStatusWidget({
          title: spec.title,
          alarms: spec.alarms.map(alarm => this.#alarm(alarm)),
          ...size,
        });
      case 'measure':
        return new AlarmWidget({ title: spec.title, alarm: this.#alarm(spec.of), ...size });
      case 'signals':
        return new GraphWidget({
          title: spec.title,
          left: spec.lines.map(({ integration, signal, statistic }) =>
            this.#metric(integration, signal, statistic),
          ),
          ...size,
        });
      case 'faulty':
        return new GraphWidget({
          title: spec.title,
          left: spec.integrations.map((integration, n) => this.#faulty(integration, n)),
          ...size,
        });
    }
  }

  #alarm({ integration, alarm }: WatchedAlarm): IAlarm {
    const name = alarmName(this.#stage, integration, alarm);
    const arn = `arn:${Aws.PARTITION}:cloudwatch:${Aws.REGION}:${Aws.ACCOUNT_ID}:alarm:${name}`;
    const id = `${integration}-${alarm}`;
    return (this.node.tryFindChild(id) as IAlarm | undefined) ?? Alarm.fromAlarmArn(this, id, arn);
  }

  #metric(integration: string, signal: SignalName, statistic: string): Metric {
    const isPercentile = statistic.startsWith('p');
    const label = isPercentile ? `${integration} ${statistic}` : `${integration} ${signal.toLowerCase()}`;
    return logMetric({ integration, stage: this.#stage }, signal, { statistic, period, label });
  }

  /** `n` keeps the ids of metrics apart within a widget. */
  #faulty(integration: string, n: number): MathExpression {
    const sums = (names: readonly string[]) => names.map(name => `FILL(${name}${n}, 0)`).join(' + ');
    const bad = sums(['quarantined', 'rejected']);
    const all = sums(['published', 'duplicates', 'quarantined', 'rejected']);
    const signals: readonly SignalName[] = ['Published', 'Duplicates', 'Quarantined', 'Rejected'];
    return new MathExpression({
      expression: `IF(${all} > 0, 100 * (${bad}) / (${all}), 0)`,
      usingMetrics: Object.fromEntries(
        signals.map(signal => [`${signal.toLowerCase()}${n}`, this.#metric(integration, signal, 'Sum')]),
      ),
      label: integration,
      period,
    });
  }
}
