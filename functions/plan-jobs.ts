import type { Context, SQSEvent } from 'aws-lambda';
import { dynamoHandoffSearch } from '#adapters/file-lane/aws/dynamo-handoff-search.ts';
import { dynamoLedger } from '#adapters/file-lane/aws/dynamo-ledger.ts';
import { dynamoReconciledLedger } from '#adapters/file-lane/aws/dynamo-reconciled-ledger.ts';
import { jobPorts } from '#operate/aws/job-ports.ts';
import type { KnownIntegration } from '#operate/core/known-integration.ts';
import { continuePlan } from '#operate/flow/plans/continue-plan.ts';
import type { JobPorts } from '#operate/plan-ports.ts';
import { awsClients } from '#shared/aws/aws-clients.ts';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { guardHandler } from '#shared/aws/guard-handler.ts';
import { invocationOf } from '#shared/aws/invocation.ts';
import { settingsOf } from '#shared/aws/settings.ts';
import { systemClock } from '#shared/aws/system-clock.ts';

export type PlanJobsHandler = (event: SQSEvent, context: Context) => Promise<void>;

/** The Lambda handler of the plans' queue. Each message names a plan to go on with. A message whose job fails comes back. */
export function planJobs(
  integrations: readonly KnownIntegration[],
  ports: JobPorts = portsOf(process.env),
): PlanJobsHandler {
  return guardHandler(ports.log, async ({ Records }, context) => {
    for (const { body } of Records)
      await continuePlan({ integrations, ports, invocation: invocationOf(context) }, planIn(body));
  });
}

function portsOf(env: NodeJS.ProcessEnv): JobPorts {
  const { LEDGER_TABLE } = settingsOf(env, ['LEDGER_TABLE']);
  const table = new DynamoTable(awsClients(env).dynamo, LEDGER_TABLE);
  return {
    ...jobPorts(env),
    search: dynamoHandoffSearch(table),
    ledger: dynamoLedger(table, systemClock.now),
    leases: dynamoReconciledLedger(table),
  };
}

/** The API is the only one who writes to the queue. */
const planIn = (body: string): string => (JSON.parse(body) as { readonly plan: string }).plan;
