import { Logger } from '@aws-lambda-powertools/logger';
import { awsClients } from '#shared/aws/aws-clients.ts';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { kmsKey } from '#shared/aws/kms-key.ts';
import { powertoolsLog } from '#shared/aws/powertools-log.ts';
import { settingsOf } from '#shared/aws/settings.ts';
import { systemClock } from '#shared/aws/system-clock.ts';
import type { AuditPorts, SealPorts } from '../ports.ts';
import { dynamoAuditHeads } from './dynamo-audit-heads.ts';
import { S3Trail } from './s3-trail.ts';

/** @throws Error naming every environment variable that is missing. */
export function auditPorts(env: NodeJS.ProcessEnv): AuditPorts {
  const { AUDIT_BUCKET, AUDIT_DAYS, OPERATE_TABLE } = settingsOf(env, [
    'AUDIT_BUCKET',
    'AUDIT_DAYS',
    'OPERATE_TABLE',
  ]);
  const { s3, dynamo } = awsClients(env);
  return {
    trail: new S3Trail(s3, AUDIT_BUCKET, Number(AUDIT_DAYS)),
    heads: dynamoAuditHeads(new DynamoTable(dynamo, OPERATE_TABLE), systemClock.now),
    clock: systemClock,
    log: powertoolsLog(new Logger()),
  };
}

export function sealPorts(env: NodeJS.ProcessEnv): SealPorts {
  const { AUDIT_KEY } = settingsOf(env, ['AUDIT_KEY']);
  return { ...auditPorts(env), signer: { key: AUDIT_KEY, ...kmsKey(AUDIT_KEY) } };
}
