import type { Context, SQSEvent } from 'aws-lambda';
import { dynamoHandoffSearch } from '#adapters/file-lane/aws/dynamo-handoff-search.ts';
import { dynamoLedger } from '#adapters/file-lane/aws/dynamo-ledger.ts';
import { dynamoReconciledLedger } from '#adapters/file-lane/aws/dynamo-reconciled-ledger.ts';
import { findRemembered } from '#adapters/webhook-fence/aws/find-remembered.ts';
import { reconcilePorts } from '#operate/aws/reconcile-ports.ts';
import type { ReconciledIntegration } from '#operate/core/reconcile/known-lane.ts';
import { reconcileRequest } from '#operate/core/reconcile/request.ts';
import { reconcile } from '#operate/flow/reconcile/reconcile.ts';
import type { ReconcilePorts } from '#operate/reconcile-ports.ts';
import { awsClients } from '#shared/aws/aws-clients.ts';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { guardHandler } from '#shared/aws/guard-handler.ts';
import { invocationOf } from '#shared/aws/invocation.ts';
import { settingsOf } from '#shared/aws/settings.ts';
import { systemClock } from '#shared/aws/system-clock.ts';
import type { Queue } from '#shared/ports.ts';

export type ReconcilerHandler = (event: SQSEvent, context: Context) => Promise<void>;

type Ports = ReconcilePorts & { readonly ownQueue: Queue };

/** After so long a person's request is looked at again, when it came during a run. */
const againSeconds = 15;

/** The Lambda handler of the reconciler, for its queue. A failure brings the message again. */
export function reconciler(
  integrations: readonly ReconciledIntegration[],
  ports: Ports = portsOf(process.env),
): ReconcilerHandler {
  return guardHandler(ports.log, async (event, context) => {
    for (const { body } of event.Records) {
      const request = reconcileRequest.parse(JSON.parse(body));
      const { isAsked } = request;
      const run = await reconcile({ integrations, ports, invocation: invocationOf(context), isAsked });
      if (run === 'busy' && isAsked) await ports.ownQueue.send([request], againSeconds);
    }
  });
}

function portsOf(env: NodeJS.ProcessEnv): Ports {
  const { LEDGER_TABLE, CLAIMS_TABLE } = settingsOf(env, ['LEDGER_TABLE', 'CLAIMS_TABLE']);
  const { dynamo } = awsClients(env);
  const table = new DynamoTable(dynamo, LEDGER_TABLE);
  const claims = new DynamoTable(dynamo, CLAIMS_TABLE);
  return {
    ...reconcilePorts(env),
    search: dynamoHandoffSearch(table),
    ledger: dynamoLedger(table, systemClock.now),
    reconciled: dynamoReconciledLedger(table),
    deliveries: { find: name => findRemembered(claims, name) },
  };
}
