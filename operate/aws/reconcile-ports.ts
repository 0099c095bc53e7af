import { Logger } from '@aws-lambda-powertools/logger';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { awsClients } from '#shared/aws/aws-clients.ts';
import { connections } from '#shared/aws/connections.ts';
import { dynamoRowClaims } from '#shared/aws/dynamo-row-claims.ts';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { EventBridgeBus } from '#shared/aws/event-bridge-bus.ts';
import { powertoolsLog } from '#shared/aws/powertools-log.ts';
import { S3Files } from '#shared/aws/s3-files.ts';
import { settingsOf } from '#shared/aws/settings.ts';
import { SqsQueue } from '#shared/aws/sqs-queue.ts';
import { systemClock } from '#shared/aws/system-clock.ts';
import { limits } from '#shared/contract/limits.ts';
import {
  deadLettersName,
  undeliveredBucketName,
  workQueueName,
} from '#shared/core/identity/resource-names.ts';
import type { Queue } from '#shared/ports.ts';
import type { Store } from '../ports.ts';
import type { ReconcilePorts } from '../reconcile-ports.ts';
import { dynamoReconciliations } from './dynamo-reconciliations.ts';
import { dynamoSwitches } from './dynamo-switches.ts';
import { lambdaMappings } from './lambda-mappings.ts';
import { listingTokens } from './listing-tokens.ts';
import { fetchProviders } from './provider-api.ts';
import { S3Objects } from './s3-objects.ts';
import { SqsDeadLetters } from './sqs-dead-letters.ts';
import { sqsFinishedLetters } from './sqs-finished-letters.ts';
import { stageIn } from './stage-in.ts';

const variables = [
  'ACCOUNT',
  'AWS_REGION',
  'BUS_NAME',
  'OPERATE_TABLE',
  'CLAIMS_TABLE',
  'INBOUND_BUCKET',
  'QUARANTINE_BUCKET',
  'RAW_BUCKET',
  'QUEUES_URL',
  'RECONCILER_URL',
] as const;

export interface OwnPorts extends Omit<ReconcilePorts, 'ledger' | 'search' | 'reconciled' | 'deliveries'> {
  /** The reconciler's own queue. */
  readonly ownQueue: Queue;
}

/**
 * The reconciler's ports on AWS, without those of the ledger, which belong to file lanes, and of deliveries, which belong to fences.
 * @throws Error naming every environment variable that is missing.
 */
export function reconcilePorts(env: NodeJS.ProcessEnv): OwnPorts {
  const settings = settingsOf(env, variables);
  const { s3, dynamo, eventBridge, sqs } = awsClients(env);
  const stage = stageIn(env);
  const { QUEUES_URL: queues, ACCOUNT: account, AWS_REGION: region } = settings;
  const bucketOf = (store: Store): string => {
    if (store === 'inbound') return settings.INBOUND_BUCKET;
    if (store === 'quarantine') return settings.QUARANTINE_BUCKET;
    if (store === 'raw') return settings.RAW_BUCKET;
    if (typeof store === 'string') throw new Error(`the reconciler reads no objects of ${store}`);
    return undeliveredBucketName(stage, store.undeliveredOf, { account, region });
  };
  const operate = new DynamoTable(dynamo, settings.OPERATE_TABLE);
  return {
    reconciliations: dynamoReconciliations(operate),
    switches: dynamoSwitches(operate),
    mappings: lambdaMappings(
      new LambdaClient({ requestHandler: connections(limits.planInvokeMilliseconds) }),
      stage,
    ),
    objects: new S3Objects(s3, bucketOf),
    files: new S3Files(s3, { inbound: settings.INBOUND_BUCKET, quarantine: settings.QUARANTINE_BUCKET }),
    deadLetters: new SqsDeadLetters(sqs, id => queues + deadLettersName(stage, id)),
    finishedLetters: sqsFinishedLetters(sqs, id => queues + deadLettersName(stage, id)),
    work: new SqsDeadLetters(sqs, id => queues + workQueueName(stage, id)),
    workQueue: id => new SqsQueue(sqs, queues + workQueueName(stage, id)),
    ownQueue: new SqsQueue(sqs, settings.RECONCILER_URL),
    listed: dynamoRowClaims(new DynamoTable(dynamo, settings.CLAIMS_TABLE)),
    providers: fetchProviders,
    listingTokens: listingTokens(stage),
    bus: new EventBridgeBus(eventBridge, settings.BUS_NAME),
    clock: systemClock,
    log: powertoolsLog(new Logger()),
    inboundBucket: settings.INBOUND_BUCKET,
  };
}
