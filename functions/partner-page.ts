import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { dynamoHandoffSearch } from '#adapters/file-lane/aws/dynamo-handoff-search.ts';
import { dynamoLedger } from '#adapters/file-lane/aws/dynamo-ledger.ts';
import { partnerPorts } from '#operate/aws/partner-ports.ts';
import type { RegisteredIntegration } from '#operate/core/retention/registered-integration.ts';
import { answerPartner, type PartnerCall } from '#operate/flow/partner/answer-partner.ts';
import type { PartnerPorts } from '#operate/partner-ports.ts';
import { awsClients } from '#shared/aws/aws-clients.ts';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { guardHandler } from '#shared/aws/guard-handler.ts';
import { settingsOf } from '#shared/aws/settings.ts';
import { systemClock } from '#shared/aws/system-clock.ts';
import { safeHeaders } from '#shared/core/page/safe-headers.ts';

type Result = APIGatewayProxyStructuredResultV2;
export type PartnerPageHandler = (event: APIGatewayProxyEventV2, context: Context) => Promise<Result>;

interface SentFile {
  readonly type: string;
  /** Of what gzip made of it. */
  readonly base64: string;
}

/** The page, as its bundle brings it. */
export interface SentPage {
  readonly index: SentFile;
  /** By path. */
  readonly assets: Readonly<Record<string, SentFile>>;
}

/** The Lambda handler of the page of partners: the page itself, which anybody may load, and its calls, each of which shows its link. */
export function partnerPage(
  integrations: readonly RegisteredIntegration[],
  page: SentPage,
  ports: PartnerPorts = portsOf(process.env),
): PartnerPageHandler {
  return guardHandler(ports.log, async event => {
    const { method } = event.requestContext.http;
    if (method === 'GET') return fileAt(page, event.rawPath);
    const { status, body } = await answerPartner({ integrations, ports }, callOf(event));
    return sent(status, body);
  });
}

function fileAt({ index, assets }: SentPage, path: string): Result {
  if (path === '/partner') return file(index, 'no-cache');
  const asset = Object.hasOwn(assets, path) ? assets[path] : undefined;
  return asset ? file(asset, 'max-age=86400') : sent(404, { detail: 'there is no such file' });
}

const file = ({ type, base64 }: SentFile, cache: string): Result => ({
  statusCode: 200,
  headers: { ...headers, 'content-type': type, 'content-encoding': 'gzip', 'cache-control': cache },
  isBase64Encoded: true,
  body: base64,
});

const sent = (statusCode: number, body: object): Result => ({
  statusCode,
  headers: { ...headers, 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

const headers = { ...safeHeaders, 'strict-transport-security': 'max-age=31536000' };

const callOf = ({
  pathParameters,
  queryStringParameters,
  headers: given,
  body,
  isBase64Encoded,
}: APIGatewayProxyEventV2): PartnerCall => ({
  name: pathParameters?.call ?? '',
  token: /^Bearer (\S+)$/.exec(given.authorization ?? '')?.[1] ?? '',
  body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'),
  integration: queryStringParameters?.integration ?? '',
});

function portsOf(env: NodeJS.ProcessEnv): PartnerPorts {
  const { LEDGER_TABLE } = settingsOf(env, ['LEDGER_TABLE']);
  const ledger = new DynamoTable(awsClients(env).dynamo, LEDGER_TABLE);
  return {
    ...partnerPorts(env),
    search: dynamoHandoffSearch(ledger),
    ledger: dynamoLedger(ledger, systemClock.now),
  };
}
