import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Match, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { type Code, EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { limits } from '#shared/contract/limits.ts';
import { failuresOf } from '../platform/bus-log-alarms.ts';
import { derivedAlarm } from '../platform/derived-alarm.ts';
import { functionAlarms } from '../platform/function-alarms.ts';
import { allow, reporting, workOnOwnQueue } from '../platform/iam-statements.ts';
import { keptTable } from '../platform/kept-table.ts';
import { Platform } from '../platform/platform.ts';
import { PlatformFunction } from '../platform/platform-function.ts';
import { tidyQueue } from '../platform/tidy-queue.ts';
import type { Stage } from '../stage.ts';

export interface StockLevelsProps extends StackProps {
  readonly stage: Stage;
  readonly code: Code;
}

export const stockType = 'inventory.stock.updated.v1';

const name = 'stock-levels';
const timeoutSeconds = 60;
const runbook = 'docs/guides/consume-events.md#batches';

/** An example of a consumer, as a team of its own would have one: rule, queue, function and table. Not in production. */
export class StockLevelsStack extends Stack {
  constructor(scope: Construct, id: string, { stage, code, ...props }: StockLevelsProps) {
    super(scope, id, props);
    const platform = new Platform(this, stage);
    const { alarms: topic } = platform;
    const deadLetters = new Queue(this, 'DeadLetters', { ...tidyQueue, retentionPeriod: Duration.days(14) });
    const queue = new Queue(this, 'Queue', {
      ...tidyQueue,
      // Six times the function's timeout, as AWS advises.
      visibilityTimeout: Duration.seconds(6 * timeoutSeconds),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: limits.receivesMax },
    });
    const rule = new Rule(this, 'Stock', {
      eventBus: platform.bus,
      description: 'Stock of all tenants, alone and in batches',
      eventPattern: { detailType: Match.exactString(stockType) },
      targets: [new SqsQueue(queue, { deadLetterQueue: deadLetters })],
    });
    const { pointInTimeRecoverySpecification, billingMode, removalPolicy } = keptTable(stage);
    const table = new Table(this, 'Levels', {
      ...{ pointInTimeRecoverySpecification, billingMode, removalPolicy },
      partitionKey: { name: 'pk', type: AttributeType.STRING },
    });
    const { fn } = new PlatformFunction(this, 'Consumer', {
      description: 'Keeps the newest stock of each article and warehouse',
      service: name,
      ...{ code, stage },
      timeout: Duration.seconds(timeoutSeconds),
      memorySize: 512,
      statements: [
        workOnOwnQueue(queue),
        allow('KeepLevels', ['dynamodb:PutItem'], table.tableArn),
        reporting(name, platform.bus),
      ],
      environment: {
        TABLE: table.tableName,
        QUEUE_URL: queue.queueUrl,
        BUS_NAME: platform.bus.eventBusName,
        CONSUMER: name,
      },
    });
    new EventSourceMapping(this, 'Work', {
      target: fn,
      eventSourceArn: queue.queueArn,
      batchSize: 5,
      reportBatchItemFailures: true,
    });
    const owner = { integration: name, stage, topic };
    const stuck = { id: 'dead-letters', meaning: 'Stock events could not be taken.', runbook, threshold: 1 };
    derivedAlarm(this, stuck, { metric: deadLetters.metricApproximateNumberOfMessagesVisible(), owner });
    const lost = {
      id: 'failed-invocations',
      meaning: 'Stock events were not delivered.',
      runbook,
      threshold: 1,
    };
    derivedAlarm(this, lost, { metric: failuresOf(rule, platform.bus), owner });
    functionAlarms(this, { name, meaning: 'Stock levels are old.', ...{ fn, stage, topic } });
    this.addMetadata('edge:consumer', { id: name, eventType: stockType });
    new CfnOutput(this, 'TableName', { value: table.tableName });
    new CfnOutput(this, 'QueueUrl', { value: queue.queueUrl });
    new CfnOutput(this, 'DeadLettersUrl', { value: deadLetters.queueUrl });
  }
}
