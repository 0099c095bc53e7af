import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Answer } from '../core/webhook/answer.ts';
import type { ArrivedRequest } from '../core/webhook/arrived-request.ts';

/** API Gateway's payload format 2.0. */
export function requestOf(event: APIGatewayProxyEventV2): ArrivedRequest {
  const { requestContext: context } = event;
  const headers = Object.entries(event.headers).map(([name, value]) => [name.toLowerCase(), value ?? '']);
  return {
    method: context.http.method,
    routeKey: event.routeKey,
    pathParameters: event.pathParameters ?? {},
    path: event.rawPath,
    query: event.rawQueryString,
    host: context.domainName,
    headers: Object.fromEntries(headers),
    body: event.body ?? '',
    isBase64: event.isBase64Encoded,
    sourceIp: context.http.sourceIp,
    receivedAt: context.timeEpoch,
    id: context.requestId,
  };
}

export const resultOf = ({ statusCode, headers, body }: Answer): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: { ...headers },
  body,
});
