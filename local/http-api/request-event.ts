import { account } from '../aws-names.ts';
import type { Arrived } from './arrived.ts';
import type { IamIdentity } from './authorize.ts';
import type { RouteMatch } from './route.ts';

/** What is not in the request itself. */
export interface EventFrame {
  readonly requestId: string;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  readonly region: string;
  readonly traceId: string;
  /** Of a route with IAM authorization. */
  readonly signer?: IamIdentity | undefined;
}

/** The function's event in payload format 2.0. Source: API Gateway developer guide, "Working with AWS Lambda proxy integrations for HTTP APIs". */
export function requestEvent(arrived: Arrived, match: RouteMatch, frame: EventFrame) {
  const { key, api } = match.route;
  const domainName = `${api.id}.execute-api.${frame.region}.amazonaws.com`;
  return {
    version: '2.0',
    routeKey: key,
    rawPath: arrived.path,
    rawQueryString: arrived.query,
    ...(arrived.cookies.length > 0 && { cookies: arrived.cookies }),
    headers: headersOf(arrived, domainName, frame),
    ...(arrived.query !== '' && { queryStringParameters: queryOf(arrived.query) }),
    requestContext: {
      accountId: account,
      apiId: api.id,
      ...(frame.signer && { authorizer: { iam: frame.signer } }),
      domainName,
      domainPrefix: api.id,
      http: {
        method: arrived.method,
        path: arrived.path,
        protocol: arrived.protocol,
        sourceIp: arrived.sourceIp,
        userAgent: arrived.headers['user-agent'] ?? '',
      },
      requestId: frame.requestId,
      routeKey: key,
      stage: api.stage,
      time: logTime(frame.receivedAt),
      timeEpoch: frame.receivedAt,
    },
    ...(Object.keys(match.pathParameters).length > 0 && { pathParameters: match.pathParameters }),
    ...bodyOf(arrived),
  };
}

const headersOf = (
  { headers, sourceIp }: Arrived,
  host: string,
  { traceId }: EventFrame,
): Record<string, string> => ({
  ...headers,
  host,
  'x-amzn-trace-id': headers['x-amzn-trace-id'] ?? traceId,
  'x-forwarded-for': headers['x-forwarded-for'] ? `${headers['x-forwarded-for']}, ${sourceIp}` : sourceIp,
  'x-forwarded-port': '443',
  'x-forwarded-proto': 'https',
});

/** Values of a repeated parameter are joined by commas. */
function queryOf(query: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query))
    values[name] = Object.hasOwn(values, name) ? `${values[name]},${value}` : value;
  return values;
}

/** Types that are handed over as text; everything else as base64, forms and bodies without a type included. */
const textTypes = /^(?:text\/.*|application\/(?:.*\+)?(?:json|xml)|application\/javascript)$/;

function bodyOf({ body, headers }: Arrived): { readonly body?: string; readonly isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false };
  const type = (headers['content-type'] ?? '').replace(/;.*/s, '').trim().toLowerCase();
  const isText = textTypes.test(type) && headers['content-encoding'] === undefined;
  return isText
    ? { body: body.toString('utf8'), isBase64Encoded: false }
    : { body: body.toString('base64'), isBase64Encoded: true };
}

/** `20/Nov/2026:13:05:09 +0000` */
function logTime(epochMilliseconds: number): string {
  const [, day, month, year, time] = new Date(epochMilliseconds).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}
