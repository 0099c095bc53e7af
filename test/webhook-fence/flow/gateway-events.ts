import type { APIGatewayProxyEventV2 } from 'aws-lambda';

export interface Request {
  readonly method?: string;
  readonly path: string;
  /** As declared, where it holds `{names}`. Default: the path. */
  readonly route?: string;
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly receivedAt: number;
  readonly changes?: Partial<APIGatewayProxyEventV2>;
}

let requests = 0;

/**
 * What API Gateway hands to a function for an HTTP API, payload format 2.0: the example of AWS's documentation ("Working with
 * AWS Lambda proxy integrations for HTTP APIs") with the request's own values.
 */
export function gatewayEvent({
  method = 'POST',
  path,
  route = path,
  pathParameters,
  query = '',
  headers,
  body,
  receivedAt,
  changes,
}: Request) {
  requests += 1;
  const event: APIGatewayProxyEventV2 = {
    version: '2.0',
    routeKey: `${method} ${route}`,
    rawPath: path,
    rawQueryString: query,
    headers: {
      accept: '*/*',
      'content-length': String(Buffer.byteLength(body ?? '')),
      host: 'abcdef1234.execute-api.eu-central-1.amazonaws.com',
      'user-agent': 'partner/1.0',
      'x-amzn-trace-id': 'Root=1-5f84c7a9-0e5b1e1a5f84c7a90e5b1e1a',
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
      ...headers,
    },
    requestContext: {
      accountId: '123456789012',
      apiId: 'abcdef1234',
      domainName: 'abcdef1234.execute-api.eu-central-1.amazonaws.com',
      domainPrefix: 'abcdef1234',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'partner/1.0' },
      requestId: `request-${requests}`,
      routeKey: `${method} ${route}`,
      stage: '$default',
      time: new Date(receivedAt).toISOString(),
      timeEpoch: receivedAt,
    },
    ...(pathParameters && { pathParameters }),
    isBase64Encoded: false,
    ...(body === undefined ? {} : { body }),
    ...changes,
  };
  return event;
}
