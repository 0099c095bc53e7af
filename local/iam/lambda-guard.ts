import type { IncomingMessage } from 'node:http';
import { arn } from '../aws-names.ts';
import { accessKeyOf } from '../credential-scope.ts';
import type { Serve } from '../front.ts';
import { sendJson } from '../http.ts';
import { calledFunction, qualified } from '../lambda/called-function.ts';
import { mappingArn, mappingIn } from '../lambda/mappings-api.ts';
import { versionsIn } from '../lambda/versions-api.ts';
import type { DeclaredMapping } from '../mappings/event-source-mapping.ts';
import type { Call } from './decide.ts';
import { type Permissions, principalOf } from './permissions.ts';

interface Known {
  readonly region: string;
  readonly mappings: readonly DeclaredMapping[];
}

/** Lets through what a role may do. Lambda names function, mapping and action in path and method. */
export function guardedLambda(permissions: Permissions, known: Known, serve: Serve): Serve {
  return (request, response) => {
    const principal = principalOf(accessKeyOf(request));
    if (principal === undefined) return serve(request, response);
    const Message = permissions.refusal(principal, [callOf(request, known)]);
    if (Message === undefined) return serve(request, response);
    response.setHeader('x-amzn-errortype', 'AccessDeniedException');
    request.resume();
    sendJson(response, 403, { Message });
  };
}

/** Source: service authorization reference, actions, resources and condition keys of AWS Lambda. */
function callOf(request: IncomingMessage, { region, mappings }: Known): Call {
  const ofVersions = versionsCall(request, region);
  if (ofVersions) return ofVersions;
  const id = mappingIn(request);
  if (id === undefined) return invocation(request, region);
  if (id === '') return { action: 'lambda:ListEventSourceMappings', resource: '*' };
  const of = mappings.find(mapping => mapping.id === id);
  return {
    action: `lambda:${request.method === 'GET' ? 'Get' : 'Update'}EventSourceMapping`,
    resource: mappingArn(region, id),
    ...(of && { context: { 'lambda:functionarn': [of.functionArn] } }),
  };
}

/** All of them are about the function: none takes the alias as its resource. */
function versionsCall(request: IncomingMessage, region: string): Call | undefined {
  const asked = versionsIn(request);
  if (!asked) return undefined;
  const changes = request.method !== 'GET';
  const action =
    asked.what === 'versions'
      ? changes
        ? 'PublishVersion'
        : 'ListVersionsByFunction'
      : changes
        ? 'UpdateAlias'
        : 'GetAlias';
  return { action: `lambda:${action}`, resource: arn('lambda', region, `function:${asked.name}`) };
}

function invocation({ url = '' }: IncomingMessage, region: string): Call {
  const called = calledFunction(url);
  const resource = arn('lambda', region, `function:${called ? qualified(called) : '*'}`);
  return { action: 'lambda:InvokeFunction', resource };
}
