import { Logger } from '@aws-lambda-powertools/logger';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { awsClients } from '#shared/aws/aws-clients.ts';
import { connections } from '#shared/aws/connections.ts';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { EventBridgeBus } from '#shared/aws/event-bridge-bus.ts';
import { powertoolsLog } from '#shared/aws/powertools-log.ts';
import { settingsOf } from '#shared/aws/settings.ts';
import { SqsQueue } from '#shared/aws/sqs-queue.ts';
import { systemClock } from '#shared/aws/system-clock.ts';
import { limits } from '#shared/contract/limits.ts';
import type { NamedStage } from '#shared/contract/named-stage.ts';
import {
  deadLettersName,
  releaseFunctionName,
  undeliveredBucketName,
  undeliveredNoticesName,
  workQueueName,
} from '#shared/core/identity/resource-names.ts';
import type { Store } from '../object-ports.ts';
import type { JobPorts } from '../plan-ports.ts';
import { awsRedelivery } from './aws-redelivery.ts';
import { dynamoDecisions, dynamoProofs, dynamoStandings } from './dynamo-proofs.ts';
import { dynamoSwitches } from './dynamo-switches.ts';
import { lambdaDeployed } from './lambda-deployed.ts';
import { lambdaMappings } from './lambda-mappings.ts';
import { LambdaReleases } from './lambda-releases.ts';
import { lambdaReprocessing } from './lambda-reprocessing.ts';
import { planPorts } from './plan-ports.ts';
import { S3Objects } from './s3-objects.ts';
import { s3Quarantine } from './s3-quarantine.ts';
import { sqsConsumers } from './sqs-consumers.ts';
import { SqsLetterMover } from './sqs-letter-mover.ts';
import { stageIn } from './stage-in.ts';

const variables = [
  'ACCOUNT',
  'AWS_REGION',
  'QUEUES_URL',
  'OPERATE_TABLE',
  'JOBS_URL',
  'BUS_NAME',
  'BUS_LOG_BUCKET',
  'QUARANTINE_BUCKET',
  'CONSUMERS',
  'INBOUND_BUCKET',
] as const;

function bucketOf(
  { ACCOUNT: account, AWS_REGION: region, ...settings }: Record<(typeof variables)[number], string>,
  stage: NamedStage,
  store: Store,
): string {
  if (store === 'quarantine') return settings.QUARANTINE_BUCKET;
  if (store === 'busLog') return settings.BUS_LOG_BUCKET;
  if (typeof store === 'string') throw new Error(`jobs of plans read no ${store} objects`);
  return undeliveredBucketName(stage, store.undeliveredOf, { account, region });
}

/**
 * What the jobs of plans use, on AWS, without the ledger, which belongs to file lanes.
 * @throws Error naming every environment variable that is missing.
 */
export function jobPorts(env: NodeJS.ProcessEnv): Omit<JobPorts, 'search' | 'ledger' | 'leases'> {
  const settings = settingsOf(env, variables);
  const stage = stageIn(env);
  const { QUEUES_URL: queuesUrl } = settings;
  const { s3, sqs, dynamo, eventBridge } = awsClients(env);
  const table = new DynamoTable(dynamo, settings.OPERATE_TABLE);
  const log = powertoolsLog(new Logger());
  const requestHandler = connections(limits.planInvokeMilliseconds);
  const lambda = new LambdaClient({ maxAttempts: 1, requestHandler });
  const repeated = new LambdaClient({ requestHandler: connections(limits.planInvokeMilliseconds) });
  const work = (integration: string): string => queuesUrl + workQueueName(stage, integration);
  const objects = new S3Objects(s3, store => bucketOf(settings, stage, store));
  return {
    ...planPorts({ table, sqs, jobsUrl: settings.JOBS_URL, log }),
    releases: new LambdaReleases(lambda, fence => releaseFunctionName(stage, fence)),
    reprocessing: lambdaReprocessing(lambda, stage),
    objects,
    redelivery: awsRedelivery({
      ...{ lambda, s3, sqs, objects, stage },
      bucketOf: feed => bucketOf(settings, stage, { undeliveredOf: feed }),
      noticesUrlOf: feed => queuesUrl + undeliveredNoticesName(stage, feed),
    }),
    proofs: dynamoProofs(table, systemClock.now),
    standings: dynamoStandings(table, systemClock.now),
    decisions: dynamoDecisions(table, systemClock.now),
    quarantine: s3Quarantine(s3, settings.QUARANTINE_BUCKET),
    bus: new EventBridgeBus(eventBridge, settings.BUS_NAME),
    consumers: sqsConsumers(sqs, queuesUrl, JSON.parse(settings.CONSUMERS) as Record<string, string>),
    letters: new SqsLetterMover(sqs, {
      deadLetters: integration => queuesUrl + deadLettersName(stage, integration),
      work,
    }),
    inboundBucket: settings.INBOUND_BUCKET,
    switches: dynamoSwitches(table),
    mappings: lambdaMappings(repeated, stage),
    deployed: lambdaDeployed(repeated, stage, env),
    workQueues: { send: (integration, message) => new SqsQueue(sqs, work(integration)).send([message]) },
  };
}
