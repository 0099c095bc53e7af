import { Logger } from '@aws-lambda-powertools/logger';
import type { Reporting } from '../consumer/received-events.ts';
import type { VersionStore } from '../consumer/version-store.ts';
import type { Log, Queue } from '../ports.ts';
import { awsClients } from './aws-clients.ts';
import { DynamoTable } from './dynamo-table.ts';
import { dynamoVersionStore } from './dynamo-version-store.ts';
import { EventBridgeBus } from './event-bridge-bus.ts';
import { powertoolsLog } from './powertools-log.ts';
import { settingsOf } from './settings.ts';
import { SqsQueue } from './sqs-queue.ts';
import { systemClock } from './system-clock.ts';

/** What a consumer needs that keeps states in a table, and reads a queue. */
export interface ConsumerPorts<S> {
  readonly store: VersionStore<S>;
  /** Its own. */
  readonly queue: Pick<Queue, 'send'>;
  /** Where it reports the events that it has done its work for, and under which name. */
  readonly reporting: Reporting;
  readonly log: Log;
}

const variables = ['TABLE', 'QUEUE_URL', 'BUS_NAME', 'CONSUMER'] as const;

/** Of the environment `TABLE`, `QUEUE_URL`, `BUS_NAME` and `CONSUMER`. */
export function consumerPorts<S>(env: NodeJS.ProcessEnv): ConsumerPorts<S> {
  const { TABLE, QUEUE_URL, BUS_NAME, CONSUMER } = settingsOf(env, variables);
  const { dynamo, sqs, eventBridge } = awsClients(env);
  return {
    store: dynamoVersionStore(new DynamoTable(dynamo, TABLE)),
    queue: new SqsQueue(sqs, QUEUE_URL),
    reporting: {
      consumer: CONSUMER,
      bus: new EventBridgeBus(eventBridge, BUS_NAME),
      clock: systemClock,
    },
    log: powertoolsLog(new Logger()),
  };
}
