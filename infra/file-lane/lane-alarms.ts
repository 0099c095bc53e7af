import { Duration } from 'aws-cdk-lib';
import { type Alarm, type IMetric, Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { IRule } from 'aws-cdk-lib/aws-events';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type LaneAlarmSpec, laneAlarmsOf } from '#adapters/file-lane/derive/alarms-lane.ts';
import {
  type AlarmOwner,
  countedLines,
  derivedAlarm,
  metricNamespace,
  nothingIn,
  ruleMetric,
} from '../platform/derived-alarm.ts';
import { overdueFilesMetric } from '../platform/reconciler-alarms.ts';
import type { LaneFunction } from './lane-function.ts';
import type { LaneProps } from './lane-props.ts';
import type { LaneQueues } from './lane-queues.ts';

export interface LaneAlarmsProps extends LaneProps {
  readonly queues: LaneQueues;
  readonly fn: LaneFunction;
  /** Brings notifications of dropped files. */
  readonly trigger: IRule;
  readonly topic: ITopic;
}

/** The alarms derived from a lane's contract. */
export class LaneAlarms extends Construct {
  /** Those that take back a deployment that is under way. */
  readonly stoppingDeployments: readonly Alarm[];
  readonly #owner: AlarmOwner;
  readonly #queues: LaneQueues;
  readonly #function: LaneFunction;
  readonly #trigger: IRule;

  constructor(scope: Construct, id: string, props: LaneAlarmsProps) {
    super(scope, id);
    const { lane, queues, fn, trigger, stage, topic } = props;
    this.#trigger = trigger;
    this.#owner = { integration: lane.id, stage, topic };
    this.#queues = queues;
    this.#function = fn;
    this.stoppingDeployments = laneAlarmsOf(lane).flatMap(spec => {
      const alarm = derivedAlarm(this, spec, { metric: this.#metric(spec), owner: this.#owner });
      return spec.stopsDeployment ? [alarm] : [];
    });
  }

  #metric({ metric, statistic, periodSeconds }: LaneAlarmSpec): IMetric {
    const period = Duration.seconds(periodSeconds);
    const options: MetricOptions = { statistic, period };
    switch (metric.kind) {
      case 'queue':
        return this.#queue(metric.queue).metric(metric.name, options);
      case 'function':
        return this.#function.fn.metric(metric.name, options);
      case 'rule':
        return ruleMetric(this.#trigger, metric.name, options);
      case 'overdue':
        return new Metric({
          namespace: metricNamespace(this.#owner.stage),
          metricName: overdueFilesMetric,
          dimensionsMap: { integration: this.#owner.integration },
          ...options,
        });
      case 'quiet':
        return nothingIn(ruleMetric(this.#trigger, 'TriggeredRules', options), period);
      case 'log':
        return countedLines(this, metric, { logGroup: this.#function.log, owner: this.#owner }).metric(
          options,
        );
    }
  }

  #queue(queue: 'lane' | 'dlq'): IQueue {
    return queue === 'lane' ? this.#queues.work : this.#queues.deadLetters;
  }
}
