import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type FeedAlarmSpec, feedAlarmsOf } from '#adapters/cdc-feed/derive/alarms-feed.ts';
import { type AlarmOwner, countedLines, derivedAlarm } from '../platform/derived-alarm.ts';
import type { FeedProps } from './feed-props.ts';

/** Where the alarms of a feed look. */
export interface FeedWatched {
  readonly undelivered: IQueue;
  readonly fn: IFunction;
  readonly log: LogGroup;
}

export interface FeedAlarmsProps extends FeedProps {
  readonly watched: FeedWatched;
  readonly topic: ITopic;
}

/** The alarms derived from a feed's contract. */
export class FeedAlarms extends Construct {
  readonly #owner: AlarmOwner;
  readonly #watched: FeedWatched;

  constructor(scope: Construct, id: string, { feed, watched, stage, topic }: FeedAlarmsProps) {
    super(scope, id);
    this.#owner = { integration: feed.id, stage, topic };
    this.#watched = watched;
    for (const spec of feedAlarmsOf(feed))
      derivedAlarm(this, spec, { metric: this.#metric(spec), owner: this.#owner });
  }

  #metric({ metric, statistic, periodSeconds }: FeedAlarmSpec): IMetric {
    const period = Duration.seconds(periodSeconds);
    const options: MetricOptions = { statistic, period };
    const { undelivered, fn, log } = this.#watched;
    switch (metric.kind) {
      case 'queue':
        return undelivered.metric(metric.name, options);
      case 'function':
        return fn.metric(metric.name, options);
      case 'age':
        return new MathExpression({
          expression: 'age / 1000',
          usingMetrics: { age: fn.metric('IteratorAge', options) },
          label: 'seconds',
          period,
        });
      case 'log':
        return countedLines(this, metric, { logGroup: log, owner: this.#owner }).metric(options);
    }
  }
}
