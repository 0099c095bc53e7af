import { Logger } from '@aws-lambda-powertools/logger';
import { awsClients } from '#shared/aws/aws-clients.ts';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { lazily } from '#shared/aws/lazily.ts';
import { powertoolsLog } from '#shared/aws/powertools-log.ts';
import { settingsOf } from '#shared/aws/settings.ts';
import { SqsQueue } from '#shared/aws/sqs-queue.ts';
import { systemClock } from '#shared/aws/system-clock.ts';
import { deadLettersName, undeliveredBucketName } from '#shared/core/identity/resource-names.ts';
import type { OperatePorts, Store } from '../ports.ts';
import { dynamoIssues } from './dynamo-issues.ts';
import { dynamoPartnerLinks } from './dynamo-partner-links.ts';
import { dynamoProofs, dynamoStandings } from './dynamo-proofs.ts';
import { dynamoReadings } from './dynamo-readings.ts';
import { dynamoReconciliations } from './dynamo-reconciliations.ts';
import { dynamoSwitches } from './dynamo-switches.ts';
import { planPorts } from './plan-ports.ts';
import { S3Objects } from './s3-objects.ts';
import { S3Trail } from './s3-trail.ts';
import { SqsDeadLetters } from './sqs-dead-letters.ts';
import { stageIn } from './stage-in.ts';

const variables = [
  'ACCOUNT',
  'AWS_REGION',
  'QUARANTINE_BUCKET',
  'INBOUND_BUCKET',
  'RAW_BUCKET',
  'REJECTS_BUCKET',
  'BUS_LOG_BUCKET',
  'QUEUES_URL',
  'OPERATE_TABLE',
  'JOBS_URL',
  'RECONCILER_URL',
  'AUDIT_BUCKET',
  'AUDIT_KEY',
  'AUDIT_DAYS',
  'PARTNER_LINK_KEY',
  'PARTNER_PAGE_URL',
] as const;

/**
 * The operator's ports on AWS, without those of the ledger, which belong to file lanes.
 * @throws Error naming every environment variable that is missing.
 */
export function operatePorts(env: NodeJS.ProcessEnv): Omit<OperatePorts, 'ledger' | 'search'> {
  const settings = settingsOf(env, variables);
  const { s3, sqs, dynamo } = awsClients(env);
  const stage = stageIn(env);
  const { ACCOUNT: account, AWS_REGION: region } = settings;
  const rawBuckets = { inbound: settings.INBOUND_BUCKET, raw: settings.RAW_BUCKET };
  const bucketOf = (store: Store): string => {
    if (store === 'quarantine') return settings.QUARANTINE_BUCKET;
    if (store === 'rejects') return settings.REJECTS_BUCKET;
    if (store === 'busLog') return settings.BUS_LOG_BUCKET;
    if (store === 'inbound' || store === 'raw') return rawBuckets[store];
    return undeliveredBucketName(stage, store.undeliveredOf, { account, region });
  };
  const table = new DynamoTable(dynamo, settings.OPERATE_TABLE);
  // Few questions need it, and it would be loaded at every start.
  const keyOf = (id: string) => lazily(async () => (await import('#shared/aws/kms-key.ts')).kmsKey(id));
  const auditKey = keyOf(settings.AUDIT_KEY);
  const linkKey = keyOf(settings.PARTNER_LINK_KEY);
  return {
    objects: new S3Objects(s3, bucketOf),
    deadLetters: new SqsDeadLetters(sqs, id => settings.QUEUES_URL + deadLettersName(stage, id)),
    proofs: dynamoProofs(table, systemClock.now),
    standings: dynamoStandings(table, systemClock.now),
    issues: dynamoIssues(table),
    switches: dynamoSwitches(table),
    readings: dynamoReadings(table),
    rawBuckets,
    ...planPorts({
      table,
      sqs,
      jobsUrl: settings.JOBS_URL,
      log: powertoolsLog(new Logger()),
    }),
    trail: new S3Trail(s3, settings.AUDIT_BUCKET, Number(settings.AUDIT_DAYS)),
    signer: { publicKey: async () => (await auditKey()).publicKey() },
    partner: {
      links: dynamoPartnerLinks(table),
      signer: { sign: async text => (await linkKey()).sign(text) },
      pageUrl: settings.PARTNER_PAGE_URL,
    },
    reconciler: new SqsQueue(sqs, settings.RECONCILER_URL),
    reconciliations: dynamoReconciliations(table),
  };
}
