import type { APIGatewayEventRequestContextV2, APIGatewayProxyEventV2WithRequestContext } from 'aws-lambda';
import { jsonOf } from '#shared/core/json-of.ts';
import type { Caller } from '../core/caller.ts';
import { invalid } from '../core/problem.ts';

/** What API Gateway says of the signer of a request. Source: API Gateway developer guide, payload format 2.0. */
export interface IamContext extends APIGatewayEventRequestContextV2 {
  readonly authorizer?: { readonly iam?: { readonly userArn: string; readonly accountId: string } };
}

export type GatewayRequest = APIGatewayProxyEventV2WithRequestContext<IamContext>;

/** @throws Error when the route has no IAM authorization. */
export function callerOf({ requestContext }: Pick<GatewayRequest, 'requestContext'>): Caller {
  const iam = requestContext.authorizer?.iam;
  if (!iam) throw new Error('the request has no IAM identity: its route lacks IAM authorization');
  return { arn: iam.userArn, account: iam.accountId };
}

/**
 * Parameters of path and query, and the fields of a JSON body. API Gateway joins repeated parameters by commas, which no shape takes.
 * @throws Problem when the body is no JSON object, or names what the path names.
 */
export const parametersOf = (event: GatewayRequest): object => ({
  ...event.queryStringParameters,
  ...bodyOf(event),
  ...event.pathParameters,
});

function bodyOf({ body, isBase64Encoded }: GatewayRequest): object {
  if (!body) return {};
  const text = isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
  const json = jsonOf(text);
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
  throw invalid('the body is not a JSON object', 'Send an object, with content-type application/json.');
}
