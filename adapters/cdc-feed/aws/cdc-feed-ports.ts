import { Logger } from '@aws-lambda-powertools/logger';
import { awsClients } from '#shared/aws/aws-clients.ts';
import { dynamoSwitch } from '#shared/aws/dynamo-switch.ts';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { EventBridgeBus } from '#shared/aws/event-bridge-bus.ts';
import { powertoolsLog } from '#shared/aws/powertools-log.ts';
import { S3Files } from '#shared/aws/s3-files.ts';
import { settingsOf } from '#shared/aws/settings.ts';
import { SqsQueue } from '#shared/aws/sqs-queue.ts';
import { systemClock } from '#shared/aws/system-clock.ts';
import type { CdcFeedPorts } from '../ports.ts';
import { dynamoBooks } from './dynamo-books.ts';
import { dynamoHighMarks } from './dynamo-high-marks.ts';
import { dynamoReportedDrifts } from './dynamo-reported-drifts.ts';

const variables = [
  'BUS_NAME',
  'LEDGER_TABLE',
  'OPERATE_TABLE',
  'RAW_BUCKET',
  'QUARANTINE_BUCKET',
  'CHANGES_QUEUE_URL',
] as const;

/**
 * A CDC feed's ports on AWS. Call it once a process, when its module loads: clients keep their connections.
 * @throws Error naming every environment variable that is missing.
 */
export function cdcFeedPorts(env: NodeJS.ProcessEnv): CdcFeedPorts {
  const settings = settingsOf(env, variables);
  const { s3, dynamo, eventBridge, sqs } = awsClients(env);
  const ledger = new DynamoTable(dynamo, settings.LEDGER_TABLE);
  return {
    files: new S3Files(s3, { raw: settings.RAW_BUCKET, quarantine: settings.QUARANTINE_BUCKET }),
    reportedDrifts: dynamoReportedDrifts(ledger, systemClock.now),
    highMarks: dynamoHighMarks(ledger),
    books: dynamoBooks(ledger),
    bus: new EventBridgeBus(eventBridge, settings.BUS_NAME),
    input: dynamoSwitch(new DynamoTable(dynamo, settings.OPERATE_TABLE)),
    changesQueue: new SqsQueue(sqs, settings.CHANGES_QUEUE_URL),
    clock: systemClock,
    log: powertoolsLog(new Logger()),
  };
}
