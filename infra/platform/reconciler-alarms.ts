import { Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { reconcilerLines } from '#operate/core/reconcile/log-lines.ts';
import { linesWith } from '#shared/derive/alarm.ts';
import type { Stage } from '../stage.ts';
import { derivedAlarm, metricNamespace, nothingIn, platformPart } from './derived-alarm.ts';
import { functionAlarms } from './function-alarms.ts';

export interface ReconcilerAlarmsProps {
  readonly log: ILogGroup;
  readonly fn: IFunction;
  readonly deadLetters: Queue;
  readonly stage: Stage;
  readonly topic: ITopic;
}

/** Its dimension `integration` names the lane. */
export const overdueFilesMetric = 'Reconciler/OverdueFiles';

const runbook = 'docs/guides/operate.md#the-reconciler';

/** Findings for people, and a reconciler that fails or does not run. */
export class ReconcilerAlarms extends Construct {
  readonly #props: ReconcilerAlarmsProps;

  constructor(scope: Construct, id: string, props: ReconcilerAlarmsProps) {
    super(scope, id);
    this.#props = props;
    this.#overdueFiles();
    const { fn, stage, topic } = props;
    functionAlarms(this, {
      name: platformPart('reconciler'),
      meaning: 'Nothing is compared, and an overdue file is not announced.',
      ...{ fn, stage, topic },
    });
    this.#alarm('findings', {
      meaning:
        'The reconciler found what it cannot heal. Run: npm run edge -- reconcile --last --stage <stage>',
      metric: this.#lines('Findings', reconcilerLines.needsPeople),
    });
    this.#alarm('failing', {
      meaning: 'The reconciler could not compare an integration. Its log says why.',
      metric: this.#lines('Failures', reconcilerLines.failed),
    });
    this.#alarm('stuck', {
      meaning: 'The reconciler failed three times in a row. Its log says why.',
      metric: props.deadLetters.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1) }),
    });
    const hour = Duration.hours(1);
    this.#alarm('silent', {
      meaning: 'The reconciler did not run for an hour. Look at its schedule, and whether its queue is read.',
      metric: nothingIn(props.fn.metricInvocations({ statistic: 'Sum', period: hour }), hour),
    });
  }

  /** One metric for each integration; the alarms are in the lanes' stacks. */
  #overdueFiles(): void {
    const { log, stage } = this.#props;
    new MetricFilter(this, 'OverdueFiles', {
      logGroup: log,
      filterPattern: FilterPattern.literal(linesWith(reconcilerLines.overdue)),
      metricNamespace: metricNamespace(stage),
      metricName: overdueFilesMetric,
      metricValue: '1',
      dimensions: { integration: '$.integration' },
    });
  }

  #lines(name: string, message: string): IMetric {
    const { log, stage } = this.#props;
    return new MetricFilter(this, name, {
      logGroup: log,
      filterPattern: FilterPattern.literal(linesWith(message)),
      metricNamespace: metricNamespace(stage),
      metricName: `Reconciler/${name}`,
      metricValue: '1',
    }).metric({ statistic: 'Sum', period: Duration.minutes(15) });
  }

  #alarm(id: string, { meaning, metric }: { readonly meaning: string; readonly metric: IMetric }): void {
    const { stage, topic } = this.#props;
    const owner = { integration: platformPart('reconciler'), stage, topic };
    derivedAlarm(this, { id, meaning, runbook, threshold: 1 }, { metric, owner });
  }
}
