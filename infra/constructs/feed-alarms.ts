import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  type MetricOptions,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, type LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { CdcFeed } from '../../shared/contract/define-cdc-feed.ts';
import { type FeedAlarmSpec, feedAlarmsOf } from '../../shared/derive/alarms-feed.ts';
import type { Stage } from '../stage.ts';

/** Where the alarms of a feed look. */
export interface FeedWatched {
  readonly undelivered: IQueue;
  readonly fn: IFunction;
  readonly log: LogGroup;
}

/** The alarms derived from a feed's contract, each telling its meaning and its runbook to whoever it calls. */
export class FeedAlarms extends Construct {
  readonly #feed: CdcFeed;
  readonly #watched: FeedWatched;
  readonly #stage: Stage;

  constructor(
    scope: Construct,
    id: string,
    feed: CdcFeed,
    watched: FeedWatched,
    stage: Stage,
    topic: ITopic,
  ) {
    super(scope, id);
    this.#feed = feed;
    this.#watched = watched;
    this.#stage = stage;
    for (const spec of feedAlarmsOf(feed)) this.#alarm(spec).addAlarmAction(new SnsAction(topic));
  }

  #alarm(spec: FeedAlarmSpec): Alarm {
    return new Alarm(this, spec.id, {
      alarmName: `${this.#feed.id}-${spec.id}-${this.#stage.name}`,
      alarmDescription: `${spec.meaning} Runbook: ${spec.runbook}`,
      metric: this.#metric(spec),
      threshold: spec.threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
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
        return new MetricFilter(this, metric.name, {
          logGroup: log,
          filterPattern: FilterPattern.literal(metric.pattern),
          metricNamespace: `EdgeAdapters/${this.#stage.name}`,
          metricName: `${this.#feed.id}/${metric.name}`,
          metricValue: '1',
        }).metric(options);
    }
  }
}
