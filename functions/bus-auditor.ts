import type { Context } from 'aws-lambda';
import { dynamoHandoffSearch } from '#adapters/file-lane/aws/dynamo-handoff-search.ts';
import { dynamoLedger } from '#adapters/file-lane/aws/dynamo-ledger.ts';
import { proofPorts } from '#operate/aws/proof-ports.ts';
import type { KnownIntegration } from '#operate/core/known-integration.ts';
import type { ExpectedReceipts } from '#operate/core/proof/received.ts';
import type { ProvenUnits } from '#operate/flow/proof/proof-work.ts';
import { proveBus } from '#operate/flow/proof/prove-bus.ts';
import type { ProofPorts } from '#operate/ports.ts';
import { awsClients } from '#shared/aws/aws-clients.ts';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { guardHandler } from '#shared/aws/guard-handler.ts';
import { invocationOf } from '#shared/aws/invocation.ts';
import { settingsOf } from '#shared/aws/settings.ts';
import { systemClock } from '#shared/aws/system-clock.ts';
import { limits } from '#shared/contract/limits.ts';

/** `graceSeconds`: how long after the books of a unit were closed the bus log may lack its events. Default: half an hour. */
export interface BusAuditorEvent {
  readonly graceSeconds?: number;
}

export type BusAuditorHandler = (event: BusAuditorEvent, context: Context) => Promise<ProvenUnits>;

/** The Lambda handler of the auditor of the bus, for a schedule. */
export function busAuditor(
  integrations: readonly KnownIntegration[],
  ports: ProofPorts = portsOf(process.env),
  expected: ExpectedReceipts = JSON.parse(process.env.RECEIPTS ?? '{}'),
): BusAuditorHandler {
  return guardHandler(ports.log, (event, context) =>
    proveBus({
      ...{ integrations, ports, expected },
      invocation: invocationOf(context),
      graceSeconds: event.graceSeconds ?? limits.proofGraceSeconds,
    }),
  );
}

function portsOf(env: NodeJS.ProcessEnv): ProofPorts {
  const { LEDGER_TABLE } = settingsOf(env, ['LEDGER_TABLE']);
  const ledger = new DynamoTable(awsClients(env).dynamo, LEDGER_TABLE);
  return {
    ...proofPorts(env),
    search: dynamoHandoffSearch(ledger),
    ledger: dynamoLedger(ledger, systemClock.now),
  };
}
