import type { Context, SQSEvent } from 'aws-lambda';
import { jobPorts } from '#operate/aws/job-ports.ts';
import type { KnownIntegration } from '#operate/core/known-integration.ts';
import { continuePlan } from '#operate/flow/plans/continue-plan.ts';
import type { JobPorts } from '#operate/plan-ports.ts';
import { guardHandler } from '#shared/aws/guard-handler.ts';
import { invocationOf } from '#shared/aws/invocation.ts';

export type PlanJobsHandler = (event: SQSEvent, context: Context) => Promise<void>;

/** The Lambda handler of the plans' queue. Each message names a plan to go on with. A message whose job fails comes back. */
export function planJobs(
  integrations: readonly KnownIntegration[],
  ports: JobPorts = jobPorts(process.env),
): PlanJobsHandler {
  return guardHandler(ports.log, async ({ Records }, context) => {
    for (const { body } of Records)
      await continuePlan({ integrations, ports, invocation: invocationOf(context) }, planIn(body));
  });
}

/** The API is the only one who writes to the queue. */
const planIn = (body: string): string => (JSON.parse(body) as { readonly plan: string }).plan;
