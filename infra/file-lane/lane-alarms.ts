import { Duration } from 'aws-cdk-lib';
import type { IMetric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { type LaneAlarmSpec, laneAlarmsOf } from '#adapters/file-lane/derive/alarms-lane.ts';
import { type AlarmOwner, countedLines, derivedAlarm } from '../platform/derived-alarm.ts';
import type { LaneFunction } from './lane-function.ts';
import type { LaneProps } from './lane-props.ts';
import type { LaneQueues } from './lane-queues.ts';

export interface LaneAlarmsProps extends LaneProps {
  readonly queues: LaneQueues;
  readonly fn: LaneFunction;
  readonly topic: ITopic;
}

/** The alarms derived from a lane's contract. */
export class LaneAlarms extends Construct {
  readonly #owner: AlarmOwner;
  readonly #queues: LaneQueues;
  readonly #function: LaneFunction;

  constructor(scope: Construct, id: string, { lane, queues, fn, stage, topic }: LaneAlarmsProps) {
    super(scope, id);
    this.#owner = { integration: lane.id, stage, topic };
    this.#queues = queues;
    this.#function = fn;
    for (const spec of laneAlarmsOf(lane))
      derivedAlarm(this, spec, { metric: this.#metric(spec), owner: this.#owner });
  }

  #metric({ metric, statistic, periodSeconds }: LaneAlarmSpec): IMetric {
    const options: MetricOptions = { statistic, period: Duration.seconds(periodSeconds) };
    if (metric.kind === 'queue') {
      const queue = metric.queue === 'lane' ? this.#queues.work : this.#queues.deadLetters;
      return queue.metric(metric.name, options);
    }
    if (metric.kind === 'function') return this.#function.fn.metric(metric.name, options);
    return countedLines(this, metric, { logGroup: this.#function.log, owner: this.#owner }).metric(options);
  }
}
