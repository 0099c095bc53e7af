import { Logger } from '@aws-lambda-powertools/logger';
import { awsClients } from '#shared/aws/aws-clients.ts';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { powertoolsLog } from '#shared/aws/powertools-log.ts';
import { settingsOf } from '#shared/aws/settings.ts';
import { systemClock } from '#shared/aws/system-clock.ts';
import type { RecordingPorts } from '../ports.ts';
import { dynamoIssues } from './dynamo-issues.ts';

/** @throws Error when an environment variable is missing. */
export function recordingPorts(env: NodeJS.ProcessEnv): RecordingPorts {
  const { OPERATE_TABLE } = settingsOf(env, ['OPERATE_TABLE']);
  return {
    issues: dynamoIssues(new DynamoTable(awsClients(env).dynamo, OPERATE_TABLE)),
    clock: systemClock,
    log: powertoolsLog(new Logger()),
  };
}
