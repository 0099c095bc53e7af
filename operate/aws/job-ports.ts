import { Logger } from '@aws-lambda-powertools/logger';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { awsClients } from '#shared/aws/aws-clients.ts';
import { connections } from '#shared/aws/connections.ts';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { powertoolsLog } from '#shared/aws/powertools-log.ts';
import { settingsOf } from '#shared/aws/settings.ts';
import { limits } from '#shared/contract/limits.ts';
import { deadLettersName, releaseFunctionName, workQueueName } from '#shared/core/identity/resource-names.ts';
import type { JobPorts } from '../plan-ports.ts';
import { LambdaReleases } from './lambda-releases.ts';
import { planPorts } from './plan-ports.ts';
import { SqsLetterMover } from './sqs-letter-mover.ts';

/**
 * What the jobs of plans use, on AWS.
 * @throws Error naming every environment variable that is missing.
 */
export function jobPorts(env: NodeJS.ProcessEnv): JobPorts {
  const settings = settingsOf(env, ['STAGE', 'QUEUES_URL', 'OPERATE_TABLE', 'JOBS_URL']);
  const { STAGE: stage, QUEUES_URL: queuesUrl } = settings;
  const { sqs, dynamo } = awsClients(env);
  const table = new DynamoTable(dynamo, settings.OPERATE_TABLE);
  const log = powertoolsLog(new Logger());
  return {
    ...planPorts({ table, sqs, jobsUrl: settings.JOBS_URL, log }),
    releases: new LambdaReleases(
      new LambdaClient({ maxAttempts: 1, requestHandler: connections(limits.planInvokeMilliseconds) }),
      fence => releaseFunctionName(stage, fence),
    ),
    letters: new SqsLetterMover(sqs, {
      deadLetters: integration => queuesUrl + deadLettersName(stage, integration),
      work: integration => queuesUrl + workQueueName(stage, integration),
    }),
  };
}
