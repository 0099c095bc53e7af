import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  type MetricOptions,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { FileLane } from '../../shared/contract/define-file-lane.ts';
import { alarmsOf, type LaneAlarmSpec } from '../../shared/derive/alarms.ts';
import type { Stage } from '../stage.ts';
import type { LaneFunction } from './lane-function.ts';
import type { LaneQueues } from './lane-queues.ts';

/** The alarms derived from a lane's contract, each telling its meaning and its runbook to whoever it calls. */
export class LaneAlarms extends Construct {
  readonly #lane: FileLane;
  readonly #queues: LaneQueues;
  readonly #function: LaneFunction;
  readonly #stage: Stage;

  constructor(
    scope: Construct,
    id: string,
    lane: FileLane,
    queues: LaneQueues,
    fn: LaneFunction,
    stage: Stage,
    topic: ITopic,
  ) {
    super(scope, id);
    this.#lane = lane;
    this.#queues = queues;
    this.#function = fn;
    this.#stage = stage;
    for (const spec of alarmsOf(lane)) this.#alarm(spec).addAlarmAction(new SnsAction(topic));
  }

  #alarm(spec: LaneAlarmSpec): Alarm {
    return new Alarm(this, spec.id, {
      alarmName: `${this.#lane.id}-${spec.id}-${this.#stage.name}`,
      alarmDescription: `${spec.meaning} Runbook: ${spec.runbook}`,
      metric: this.#metric(spec),
      threshold: spec.threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  #metric({ metric, statistic, periodSeconds }: LaneAlarmSpec): IMetric {
    const options: MetricOptions = { statistic, period: Duration.seconds(periodSeconds) };
    if (metric.kind === 'queue') {
      const queue = metric.queue === 'lane' ? this.#queues.work : this.#queues.deadLetters;
      return queue.metric(metric.name, options);
    }
    if (metric.kind === 'function') return this.#function.fn.metric(metric.name, options);
    return new MetricFilter(this, metric.name, {
      logGroup: this.#function.log,
      filterPattern: FilterPattern.literal(metric.pattern),
      metricNamespace: `EdgeAdapters/${this.#stage.name}`,
      metricName: `${this.#lane.id}/${metric.name}`,
      metricValue: '1',
    }).metric(options);
  }
}
