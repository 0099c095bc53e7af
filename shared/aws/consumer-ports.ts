import { Logger } from '@aws-lambda-powertools/logger';
import type { VersionStore } from '../consumer/version-store.ts';
import type { Log, Queue } from '../ports.ts';
import { awsClients } from './aws-clients.ts';
import { DynamoTable } from './dynamo-table.ts';
import { dynamoVersionStore } from './dynamo-version-store.ts';
import { powertoolsLog } from './powertools-log.ts';
import { settingsOf } from './settings.ts';
import { SqsQueue } from './sqs-queue.ts';

/** What a consumer needs that keeps states in a table, and reads a queue. */
export interface ConsumerPorts<S> {
  readonly store: VersionStore<S>;
  /** Its own. */
  readonly queue: Pick<Queue, 'send'>;
  readonly log: Log;
}

/** Of the environment `TABLE` and `QUEUE_URL`. */
export function consumerPorts<S>(env: NodeJS.ProcessEnv): ConsumerPorts<S> {
  const { TABLE, QUEUE_URL } = settingsOf(env, ['TABLE', 'QUEUE_URL']);
  const { dynamo, sqs } = awsClients(env);
  return {
    store: dynamoVersionStore(new DynamoTable(dynamo, TABLE)),
    queue: new SqsQueue(sqs, QUEUE_URL),
    log: powertoolsLog(new Logger()),
  };
}
