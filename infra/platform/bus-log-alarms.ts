import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IEventBus, IRule } from 'aws-cdk-lib/aws-events';
import type { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { limits } from '#shared/contract/limits.ts';
import type { Stage } from '../stage.ts';
import { type AlarmOwner, derivedAlarm, platformPart } from './derived-alarm.ts';

export interface BusLogAlarmsProps {
  readonly rule: IRule;
  readonly bus: IEventBus;
  readonly stream: CfnDeliveryStream;
  readonly deadLetters: IQueue;
  readonly stage: Stage;
  readonly topic: ITopic;
}

const period = Duration.minutes(5);
const runbook = 'docs/guides/operate.md#the-bus-log';

/** Nothing is missing in the bus log without an alarm. */
export class BusLogAlarms extends Construct {
  constructor(scope: Construct, id: string, { rule, bus, stream, ...props }: BusLogAlarmsProps) {
    super(scope, id);
    const owner: AlarmOwner = {
      integration: platformPart('bus-log'),
      stage: props.stage,
      topic: props.topic,
    };
    const failed = {
      id: 'failed-invocations',
      meaning: 'EventBridge could not bring an event to the bus log, nor to its dead-letter queue.',
      threshold: 1,
      runbook,
    };
    derivedAlarm(this, failed, { metric: failuresOf(rule, bus), owner });
    const waiting = {
      id: 'dead-letters',
      meaning: 'Events were not brought to the bus log. They are in its dead-letter queue for 14 days.',
      threshold: 1,
      runbook,
    };
    const depth = props.deadLetters.metricApproximateNumberOfMessagesVisible({
      statistic: 'Maximum',
      period,
    });
    derivedAlarm(this, waiting, { metric: depth, owner });
    const late = {
      id: 'late',
      meaning: 'Firehose cannot write the bus log. It keeps what it has for 24 hours.',
      threshold: limits.busLogLateSeconds,
      runbook,
    };
    derivedAlarm(this, late, { metric: firehose(stream, 'DeliveryToS3.DataFreshness', 'Maximum'), owner });
    const refused = {
      id: 'not-written',
      meaning: 'S3 refused what Firehose writes of the bus log. Firehose tries again for 24 hours.',
      threshold: 1,
      runbook,
    };
    derivedAlarm(this, refused, { metric: failedPuts(stream), owner });
  }
}

/** A rule of a bus that is not the default one has both names. */
export const failuresOf = (rule: IRule, bus: IEventBus): Metric =>
  new Metric({
    namespace: 'AWS/Events',
    metricName: 'FailedInvocations',
    dimensionsMap: { RuleName: rule.ruleName, EventBusName: bus.eventBusName },
    statistic: 'Sum',
    period,
  });

const firehose = (stream: CfnDeliveryStream, metricName: string, statistic: string): Metric =>
  new Metric({
    namespace: 'AWS/Firehose',
    metricName,
    dimensionsMap: { DeliveryStreamName: stream.ref },
    statistic,
    period,
  });

/** `DeliveryToS3.Success` is 1 when every put of the period succeeded, less when one failed. */
const failedPuts = (stream: CfnDeliveryStream): MathExpression =>
  new MathExpression({
    expression: 'IF(succeeded < 1, 1, 0)',
    usingMetrics: { succeeded: firehose(stream, 'DeliveryToS3.Success', 'Minimum') },
    label: 'failed puts',
    period,
  });
