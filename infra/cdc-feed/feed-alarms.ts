import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { IRule } from 'aws-cdk-lib/aws-events';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type FeedAlarmSpec, feedAlarmsOf } from '#adapters/cdc-feed/derive/alarms-feed.ts';
import {
  type AlarmOwner,
  countedLines,
  derivedAlarm,
  logMetric,
  nothingIn,
  ruleMetric,
} from '../platform/derived-alarm.ts';
import type { FeedProps } from './feed-props.ts';
import type { FeedSource } from './feed-source-type.ts';

/** Where the alarms of a feed look. */
export interface FeedWatched {
  readonly undelivered: IQueue;
  /** Announces undelivered records. */
  readonly announcing: IRule;
  readonly source: FeedSource;
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
    const { undelivered, announcing, source, fn, log } = this.#watched;
    switch (metric.kind) {
      case 'queue':
        return undelivered.metric(metric.name, options);
      case 'function':
        return fn.metric(metric.name, options);
      case 'dead':
        return new MathExpression({
          expression: 'IF(FILL(arriving, 0) > 0 AND FILL(calls, 0) < 1, 1, 0)',
          usingMetrics: { arriving: source.arriving(options), calls: fn.metric('Invocations', options) },
          label: 'dead',
          period,
        });
      case 'quiet':
        return nothingIn(fn.metric('Invocations', options), period);
      case 'unannounced':
        return new MathExpression({
          // A notice that its dead-letter queue took is no failed invocation.
          expression: 'FILL(failed, 0) + FILL(kept, 0)',
          usingMetrics: {
            failed: ruleMetric(announcing, 'FailedInvocations', options),
            kept: ruleMetric(announcing, 'InvocationsSentToDlq', options),
          },
          label: 'unannounced',
          period,
        });
      case 'age':
        if (source.lag) return source.lag(options);
        return new MathExpression({
          expression: 'age / 1000',
          usingMetrics: { age: fn.metric('IteratorAge', options) },
          label: 'seconds',
          period,
        });
      case 'signal':
        return logMetric(this.#owner, metric.name, options);
      case 'log':
        return countedLines(this, metric, { logGroup: log, owner: this.#owner }).metric(options);
    }
  }
}
