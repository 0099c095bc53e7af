import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { dynamoHandoffSearch } from '#adapters/file-lane/aws/dynamo-handoff-search.ts';
import { dynamoLedger } from '#adapters/file-lane/aws/dynamo-ledger.ts';
import { callerOf, type GatewayRequest, parametersOf } from '#operate/aws/gateway-request.ts';
import { operatePorts } from '#operate/aws/operate-ports.ts';
import type { KnownIntegration } from '#operate/core/known-integration.ts';
import { answerRequest } from '#operate/flow/answer-request.ts';
import type { OperatePorts } from '#operate/ports.ts';
import { awsClients } from '#shared/aws/aws-clients.ts';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { guardHandler } from '#shared/aws/guard-handler.ts';
import { settingsOf } from '#shared/aws/settings.ts';
import { systemClock } from '#shared/aws/system-clock.ts';

export type OperatorHandler = (
  event: GatewayRequest,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** The Lambda handler of the operator's API, for API Gateway HTTP APIs with IAM authorization and payload format 2.0. */
export function operatorApi(
  integrations: readonly KnownIntegration[],
  ports: OperatePorts = portsOf(process.env),
): OperatorHandler {
  return guardHandler(ports.log, async event => {
    const work = { integrations, ports, caller: callerOf(event) };
    const { status, body } = await answerRequest(work, {
      routeKey: event.routeKey,
      parameters: () => parametersOf(event),
    });
    return {
      statusCode: status,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      body: JSON.stringify(body),
    };
  });
}

function portsOf(env: NodeJS.ProcessEnv): OperatePorts {
  const { LEDGER_TABLE } = settingsOf(env, ['LEDGER_TABLE']);
  const ledger = new DynamoTable(awsClients(env).dynamo, LEDGER_TABLE);
  return {
    ...operatePorts(env),
    search: dynamoHandoffSearch(ledger),
    ledger: dynamoLedger(ledger, systemClock.now),
  };
}
