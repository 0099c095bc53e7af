import { Logger } from '@aws-lambda-powertools/logger';
import { awsClients } from '#shared/aws/aws-clients.ts';
import { powertoolsLog } from '#shared/aws/powertools-log.ts';
import { settingsOf } from '#shared/aws/settings.ts';
import type { RetentionPorts } from '../retention-ports.ts';
import { S3ExpiryRules } from './s3-expiry-rules.ts';

/** @throws Error naming every environment variable that is missing. */
export function retentionPorts(env: NodeJS.ProcessEnv): RetentionPorts {
  const { INBOUND_BUCKET, RAW_BUCKET, REJECTS_BUCKET, QUARANTINE_BUCKET } = settingsOf(env, [
    'INBOUND_BUCKET',
    'RAW_BUCKET',
    'REJECTS_BUCKET',
    'QUARANTINE_BUCKET',
  ]);
  const buckets = {
    inbound: INBOUND_BUCKET,
    raw: RAW_BUCKET,
    rejects: REJECTS_BUCKET,
    quarantine: QUARANTINE_BUCKET,
  };
  return { rules: new S3ExpiryRules(awsClients(env).s3, buckets), log: powertoolsLog(new Logger()) };
}
