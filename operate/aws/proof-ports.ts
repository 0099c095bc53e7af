import { Logger } from '@aws-lambda-powertools/logger';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { awsClients } from '#shared/aws/aws-clients.ts';
import { permitted } from '#shared/aws/aws-errors.ts';
import { connections } from '#shared/aws/connections.ts';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { powertoolsLog } from '#shared/aws/powertools-log.ts';
import { settingsOf } from '#shared/aws/settings.ts';
import { SqsQueue } from '#shared/aws/sqs-queue.ts';
import { systemClock } from '#shared/aws/system-clock.ts';
import { limits } from '#shared/contract/limits.ts';
import { workQueueName } from '#shared/core/identity/resource-names.ts';
import type { ProofPorts, Store } from '../ports.ts';
import { dynamoAuditHeads } from './dynamo-audit-heads.ts';
import { dynamoDecisions, dynamoProofs, dynamoStandings } from './dynamo-proofs.ts';
import { lambdaUnits } from './lambda-units.ts';
import { S3Objects } from './s3-objects.ts';
import { S3Trail } from './s3-trail.ts';
import { stageIn } from './stage-in.ts';

const variables = ['RAW_BUCKET', 'BUS_LOG_BUCKET', 'AUDIT_BUCKET', 'OPERATE_TABLE', 'QUEUES_URL'] as const;

/**
 * The auditor's ports on AWS, without those of the ledger, which belong to file lanes.
 * @throws Error naming every environment variable that is missing.
 */
export function proofPorts(env: NodeJS.ProcessEnv): Omit<ProofPorts, 'ledger' | 'search'> {
  const settings = settingsOf(env, variables);
  const stage = stageIn(env);
  const { s3, sqs, dynamo } = awsClients(env);
  const table = new DynamoTable(dynamo, settings.OPERATE_TABLE);
  const lambda = new LambdaClient({
    maxAttempts: 1,
    requestHandler: connections(limits.planInvokeMilliseconds),
  });
  const bucketOf = (store: Store): string =>
    store === 'busLog' ? settings.BUS_LOG_BUCKET : settings.RAW_BUCKET;
  return {
    objects: new S3Objects(s3, bucketOf),
    proofs: dynamoProofs(table, systemClock.now),
    decisions: dynamoDecisions(table, systemClock.now),
    standings: dynamoStandings(table, systemClock.now),
    heads: dynamoAuditHeads(table, systemClock.now),
    trail: { read: key => new S3Trail(s3, settings.AUDIT_BUCKET, 0).read(key) },
    found: {
      async write(Key, Body) {
        const command = new PutObjectCommand({ Bucket: settings.RAW_BUCKET, Key, Body });
        await permitted(`writing ${Key}`, s3.send(command));
      },
    },
    units: lambdaUnits(lambda, stage),
    lanes: {
      async ask(integration, message) {
        const url = settings.QUEUES_URL + workQueueName(stage, integration);
        await new SqsQueue(sqs, url).send([message]);
      },
    },
    clock: systemClock,
    log: powertoolsLog(new Logger()),
  };
}
