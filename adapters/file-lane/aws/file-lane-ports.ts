import { Logger } from '@aws-lambda-powertools/logger';
import { awsClients } from '#shared/aws/aws-clients.ts';
import { dynamoRowClaims } from '#shared/aws/dynamo-row-claims.ts';
import { dynamoSwitch } from '#shared/aws/dynamo-switch.ts';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { EventBridgeBus } from '#shared/aws/event-bridge-bus.ts';
import { powertoolsLog } from '#shared/aws/powertools-log.ts';
import { S3Files } from '#shared/aws/s3-files.ts';
import { settingsOf } from '#shared/aws/settings.ts';
import { SqsDeadLetters } from '#shared/aws/sqs-dead-letters.ts';
import { SqsQueue } from '#shared/aws/sqs-queue.ts';
import { systemClock } from '#shared/aws/system-clock.ts';
import type { FileLanePorts } from '../ports.ts';
import { dynamoLedger } from './dynamo-ledger.ts';

const variables = [
  'BUS_NAME',
  'LEDGER_TABLE',
  'CLAIMS_TABLE',
  'OPERATE_TABLE',
  'INBOUND_BUCKET',
  'RAW_BUCKET',
  'QUARANTINE_BUCKET',
  'LANE_QUEUE_URL',
  'DEAD_LETTERS_URL',
  'ROWS_QUEUE_URL',
] as const;

/**
 * A file lane's ports on AWS. Call it once a process, when its module loads: clients keep their connections.
 * @throws Error naming every environment variable that is missing.
 */
export function fileLanePorts(env: NodeJS.ProcessEnv): FileLanePorts {
  const settings = settingsOf(env, variables);
  const { s3, dynamo, eventBridge, sqs } = awsClients(env);
  return {
    files: new S3Files(s3, {
      inbound: settings.INBOUND_BUCKET,
      raw: settings.RAW_BUCKET,
      quarantine: settings.QUARANTINE_BUCKET,
    }),
    ledger: dynamoLedger(new DynamoTable(dynamo, settings.LEDGER_TABLE), systemClock.now),
    rowClaims: dynamoRowClaims(new DynamoTable(dynamo, settings.CLAIMS_TABLE)),
    bus: new EventBridgeBus(eventBridge, settings.BUS_NAME),
    laneQueue: new SqsQueue(sqs, settings.LANE_QUEUE_URL),
    deadLetters: new SqsDeadLetters(sqs, settings.DEAD_LETTERS_URL),
    rowsQueue: new SqsQueue(sqs, settings.ROWS_QUEUE_URL),
    input: dynamoSwitch(new DynamoTable(dynamo, settings.OPERATE_TABLE)),
    clock: systemClock,
    log: powertoolsLog(new Logger()),
  };
}
