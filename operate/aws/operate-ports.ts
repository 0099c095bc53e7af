import { Logger } from '@aws-lambda-powertools/logger';
import { awsClients } from '#shared/aws/aws-clients.ts';
import { kmsKey } from '#shared/aws/kms-key.ts';
import { powertoolsLog } from '#shared/aws/powertools-log.ts';
import { settingsOf } from '#shared/aws/settings.ts';
import { systemClock } from '#shared/aws/system-clock.ts';
import { deadLettersName, undeliveredBucketName } from '#shared/core/identity/resource-names.ts';
import type { OperatePorts, Store } from '../ports.ts';
import { S3Objects } from './s3-objects.ts';
import { S3Trail } from './s3-trail.ts';
import { SqsDeadLetters } from './sqs-dead-letters.ts';

const variables = [
  'STAGE',
  'ACCOUNT',
  'AWS_REGION',
  'QUARANTINE_BUCKET',
  'RAW_BUCKET',
  'QUEUES_URL',
  'AUDIT_BUCKET',
  'AUDIT_KEY',
] as const;

/**
 * The operator's ports on AWS, without those of the ledger, which belong to file lanes.
 * @throws Error naming every environment variable that is missing.
 */
export function operatePorts(env: NodeJS.ProcessEnv): Omit<OperatePorts, 'ledger' | 'search'> {
  const settings = settingsOf(env, variables);
  const { s3, sqs } = awsClients(env);
  const { STAGE: stage, ACCOUNT: account, AWS_REGION: region } = settings;
  const bucketOf = (store: Store): string => {
    if (store === 'quarantine') return settings.QUARANTINE_BUCKET;
    if (store === 'raw') return settings.RAW_BUCKET;
    return undeliveredBucketName(stage, store.undeliveredOf, { account, region });
  };
  return {
    objects: new S3Objects(s3, bucketOf),
    deadLetters: new SqsDeadLetters(sqs, id => settings.QUEUES_URL + deadLettersName(stage, id)),
    trail: new S3Trail(s3, settings.AUDIT_BUCKET),
    signer: kmsKey(env, settings.AUDIT_KEY),
    clock: systemClock,
    log: powertoolsLog(new Logger()),
  };
}
