import { Duration } from 'aws-cdk-lib';
import type { IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  type Alarm,
  type IMetric,
  MathExpression,
  type Metric,
  type MetricOptions,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type {
  CountedLines,
  FenceAlarmSpec,
  GatewayMetric,
} from '#adapters/webhook-fence/derive/alarms/fence-alarm.ts';
import { fenceAlarmsOf } from '#adapters/webhook-fence/derive/alarms-fence.ts';
import { type AlarmOwner, countedLines, derivedAlarm, nothingIn } from '../platform/derived-alarm.ts';
import type { FencePart } from './fence-contracts.ts';
import type { FenceProps } from './fence-props.ts';
import type { FenceQueues } from './fence-queues.ts';

/** Where the alarms of a fence look. */
export interface FenceWatched {
  readonly api: IHttpApi;
  readonly queues: FenceQueues;
  readonly functions: Readonly<Record<FencePart, IFunction>>;
  readonly logs: Readonly<Record<CountedLines['log'], LogGroup>>;
}

export interface FenceAlarmsProps extends FenceProps {
  readonly watched: FenceWatched;
  readonly topic: ITopic;
}

/** The alarms derived from a fence's contract, each telling its meaning and its runbook to whoever it calls. */
export class FenceAlarms extends Construct {
  /** Those that take back a deployment that is under way. */
  readonly stoppingDeployments: readonly Alarm[];
  readonly #owner: AlarmOwner;
  readonly #watched: FenceWatched;
  readonly #filters = new Map<string, MetricFilter>();

  constructor(scope: Construct, id: string, { fence, watched, stage, topic }: FenceAlarmsProps) {
    super(scope, id);
    this.#owner = { integration: fence.id, stage, topic };
    this.#watched = watched;
    this.stoppingDeployments = fenceAlarmsOf(fence).flatMap(spec => {
      const alarm = derivedAlarm(this, spec, { metric: this.#metric(spec), owner: this.#owner });
      return spec.stopsDeployment ? [alarm] : [];
    });
  }

  #metric({ metric, statistic, periodSeconds }: FenceAlarmSpec): IMetric {
    const period = Duration.seconds(periodSeconds);
    const options: MetricOptions = { statistic, period };
    const { queues } = this.#watched;
    switch (metric.kind) {
      case 'queue':
        return (metric.queue === 'spill' ? queues.spill : queues.deadLetters).metric(metric.name, options);
      case 'function':
        return this.#ofFunctions(metric.name, options);
      case 'gateway':
        return this.#ofGateway(metric, options);
      case 'log':
        return this.#count(metric.lines, options);
      case 'quiet':
        return nothingIn(this.#count(metric.lines, options), period);
      case 'share':
        return new MathExpression({
          // A period in which nothing matches has no data at all, not a zero.
          expression: `IF(FILL(part, 0) >= ${metric.countMin}, 100 * FILL(part, 0) / whole, 0)`,
          usingMetrics: {
            part: this.#count(metric.part, options),
            whole: this.#ofGateway(metric.whole, options),
          },
          label: 'percent',
          period,
        });
      case 'missing':
        return new MathExpression({
          expression: `IF(${missing} > whole * ${metric.borderSeconds} / ${periodSeconds}, ${missing}, 0)`,
          usingMetrics: {
            whole: this.#count(metric.whole, options),
            ended: this.#count(metric.ended, options),
          },
          label: 'requests',
          period,
        });
    }
  }

  #ofGateway({ name }: GatewayMetric, options: MetricOptions): IMetric {
    const { api } = this.#watched;
    return name === 'Count' ? api.metricCount(options) : api.metricServerError(options);
  }

  #ofFunctions(name: string, options: MetricOptions): IMetric {
    const { functions } = this.#watched;
    const parts = Object.entries(functions).map(([part, fn]) => [part, fn.metric(name, options)] as const);
    return new MathExpression({
      expression: parts.map(([part]) => `FILL(${part}, 0)`).join(' + '),
      usingMetrics: Object.fromEntries(parts),
      label: name,
      ...(options.period && { period: options.period }),
    });
  }

  /** One filter for the same lines, however many alarms count them. */
  #count(lines: CountedLines, options: MetricOptions): Metric {
    const filter =
      this.#filters.get(lines.name) ??
      countedLines(this, lines, { logGroup: this.#watched.logs[lines.log], owner: this.#owner });
    this.#filters.set(lines.name, filter);
    return filter.metric(options);
  }
}

const missing = 'whole - FILL(ended, 0)';
