import { Aws, Duration } from 'aws-cdk-lib';
import { type EventPattern, type IEventBus, type IRuleTarget, Rule } from 'aws-cdk-lib/aws-events';
import {
  Effect,
  PolicyDocument,
  PolicyStatement,
  Role,
  ServicePrincipal,
  StarPrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import type { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { receiptType } from '#shared/core/identity/receipt-names.ts';
import type { Stage } from '../stage.ts';
import { suppress } from '../suppress.ts';
import { BusLogAlarms } from './bus-log-alarms.ts';
import { busLogDays } from './bus-log-days.ts';
import { BusLogStream } from './bus-log-stream.ts';
import { closedBucket } from './closed-bucket.ts';
import type { EventsProps } from './events-props.ts';
import { allow, onlyWhere } from './iam-statements.ts';
import { tidyQueue } from './tidy-queue.ts';

/** Days that a deleted or replaced object can still be read. */
const restorableDays = 30;

export interface BusLogProps extends EventsProps {
  readonly bus: IEventBus;
  readonly topic: ITopic;
  readonly accessLogs: IBucket;
}

/** Every event of the bus, as Firehose writes it to a bucket of its own: see docs/decisions/0037-a-log-of-the-bus.md. */
export class BusLog extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: BusLogProps) {
    super(scope, id);
    const { bus, stage, topic, events, accessLogs } = props;
    this.bucket = closedBucket(this, 'Bucket', {
      stage,
      eventBridge: false,
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: 'bus-log/',
      lifecycleRules: [
        {
          id: 'age',
          expiration: Duration.days(busLogDays(events)),
          noncurrentVersionExpiration: Duration.days(restorableDays),
        },
        {
          id: 'sweep',
          abortIncompleteMultipartUploadAfter: Duration.days(7),
          expiredObjectDeleteMarker: true,
        },
      ],
    });
    const { stream, role } = new BusLogStream(this, 'Stream', { bucket: this.bucket, stage });
    this.bucket.addToResourcePolicy(writtenBy(role, this.bucket));
    const deadLetters = this.#deadLetters();
    const rule = new Rule(this, 'Rule', {
      eventBus: bus,
      description: 'Every event, for the bus log',
      eventPattern: loggedEvents(stage),
      targets: [this.#target(stream, deadLetters)],
    });
    deadLetters.addToResourcePolicy(sentBy(rule, deadLetters));
    new BusLogAlarms(this, 'Alarms', { rule, bus, stream, deadLetters, stage, topic });
  }

  #deadLetters(): Queue {
    const queue = new Queue(this, 'DeadLetters', { ...tidyQueue, retentionPeriod: Duration.days(14) });
    suppress(queue, 'AwsSolutions-SQS3', 'It is a dead-letter queue: of the rule that fills the bus log.');
    return queue;
  }

  /** The CDK's own target for Firehose knows no dead-letter queue. */
  #target(stream: CfnDeliveryStream, deadLetters: Queue): IRuleTarget {
    const role = new Role(this, 'RuleRole', {
      description: 'What the rule of the bus log may do',
      assumedBy: new ServicePrincipal('events.amazonaws.com'),
      inlinePolicies: {
        'bus-log': new PolicyDocument({
          statements: [allow('Append', ['firehose:PutRecord', 'firehose:PutRecordBatch'], stream.attrArn)],
        }),
      },
    });
    return {
      bind: () => ({
        arn: stream.attrArn,
        role,
        deadLetterConfig: { arn: deadLetters.queueArn },
        targetResource: stream,
      }),
    };
  }
}

/** Everything on a bus of our own. On a bus that others use too, CloudEvents and receipts of consumers. */
const loggedEvents = ({ brought }: Stage): EventPattern =>
  brought.bus === undefined
    ? { version: ['0'] }
    : ({
        version: ['0'],
        $or: [{ detail: { specversion: ['1.0'] } }, { 'detail-type': [receiptType] }],
      } as EventPattern);

/** Nobody but Firehose writes or replaces what is in the log. Whoever deletes an object leaves its version for a time. */
function writtenBy(role: Role, bucket: Bucket): PolicyStatement {
  const statement = new PolicyStatement({
    sid: 'OnlyFirehoseWrites',
    effect: Effect.DENY,
    principals: [new StarPrincipal()],
    actions: ['s3:PutObject'],
    resources: [bucket.arnForObjects('*')],
  });
  return onlyWhere({ ArnNotEquals: { 'aws:PrincipalArn': role.roleArn } }, statement);
}

function sentBy(rule: Rule, queue: Queue): PolicyStatement {
  const statement = new PolicyStatement({
    sid: 'DeadLettersOfRule',
    principals: [new ServicePrincipal('events.amazonaws.com')],
    actions: ['sqs:SendMessage'],
    resources: [queue.queueArn],
  });
  return onlyWhere(
    { ArnEquals: { 'aws:SourceArn': rule.ruleArn }, StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    statement,
  );
}
