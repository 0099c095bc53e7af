import * as z from 'zod';
import type { Blueprint } from '../assembly/blueprint.ts';
import { AssemblyError, at, type Resource, type Stack } from '../assembly/template.ts';
import { answer } from '../front.ts';
import { authorizer } from '../http-api/authorize.ts';
import { HttpApi } from '../http-api/http-api.ts';
import type { Route, Throttle } from '../http-api/route.ts';
import type { Permissions } from '../iam/permissions.ts';
import { type CalledFunction, functionNamed } from '../lambda/called-function.ts';
import type { Functions } from '../lambda/functions.ts';
import { boolean, number, readProperties } from './read.ts';
import type { Site } from './site.ts';

const apiShape = z.object({ ProtocolType: z.literal('HTTP', 'only HTTP APIs are served') });

const integrationShape = z.object({
  IntegrationType: z.literal('AWS_PROXY', 'only functions are served'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
});

const routeShape = z.object({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.enum(['NONE', 'AWS_IAM'], 'other authorizers are not served').default('NONE'),
});

const throttleShape = z.strictObject({
  ThrottlingRateLimit: number.optional(),
  ThrottlingBurstLimit: number.optional(),
});

const stageShape = z.object({
  ApiId: z.string(),
  StageName: z.literal('$default', 'only the stage $default is served'),
  AutoDeploy: boolean.refine(deploys => deploys, 'a stage without AutoDeploy has nothing to serve'),
  DefaultRouteSettings: throttleShape.optional(),
  RouteSettings: z.record(z.string(), throttleShape).optional(),
});

/** Serves every route on the listener. */
export function serveHttpApis(
  { blueprint, place, http, description }: Site,
  functions: Functions,
  permissions: Permissions,
): void {
  const keys = [description.credentials, ...(description.operator?.identities ?? [])];
  const secrets = new Map(keys.map(key => [key.accessKeyId, key.secretAccessKey]));
  const api = new HttpApi({
    region: place.region,
    routes: readHttpRoutes(blueprint),
    authorize: authorizer({ permissions, region: place.region, secrets }),
    invoke: (called, payload) => functions.invokeNow(called, payload),
  });
  http.server.on('request', (request, response) => {
    void answer(() => api.serve(request, response), { request, response });
  });
}

/** Every route of every HTTP API. @throws AssemblyError when two have the same: they share one listener here. */
function readHttpRoutes(blueprint: Blueprint): readonly Route[] {
  for (const api of blueprint.ofType('AWS::ApiGatewayV2::Api')) readProperties(blueprint, api, apiShape);
  const routes = blueprint.ofType('AWS::ApiGatewayV2::Route').map(resource => readRoute(blueprint, resource));
  for (const [i, { key }] of routes.entries())
    if (routes.findIndex(other => other.key === key) < i)
      throw new AssemblyError(`two HTTP APIs have the route ${key}`);
  return routes;
}

function readRoute(blueprint: Blueprint, resource: Resource): Route {
  const { ApiId, RouteKey, Target, AuthorizationType } = readProperties(blueprint, resource, routeShape);
  const stage = stageOf(blueprint, resource, ApiId);
  return {
    key: RouteKey,
    function: functionOf(blueprint, resource, Target),
    authorization: AuthorizationType,
    throttle: throttleOf({ ...stage.DefaultRouteSettings, ...stage.RouteSettings?.[RouteKey] }),
    api: { id: ApiId, stage: stage.StageName },
  };
}

function stageOf(blueprint: Blueprint, route: Resource, apiId: string): z.infer<typeof stageShape> {
  const stages = ofStack(blueprint, 'AWS::ApiGatewayV2::Stage', route.stack).map(stage =>
    readProperties(blueprint, stage, stageShape),
  );
  const stage = stages.find(({ ApiId }) => ApiId === apiId);
  if (!stage) throw new AssemblyError(`${at(route)}: its API has no stage`);
  return stage;
}

function functionOf(blueprint: Blueprint, route: Resource, target: string): CalledFunction {
  const id = target.replace(/^integrations\//, '');
  const integration = ofStack(blueprint, 'AWS::ApiGatewayV2::Integration', route.stack).find(
    candidate => blueprint.identity(candidate).ref === id,
  );
  if (!integration) throw new AssemblyError(`${at(route)}: no integration ${id}`);
  const { IntegrationUri } = readProperties(blueprint, integration, integrationShape);
  return functionNamed(IntegrationUri);
}

const ofStack = (blueprint: Blueprint, type: string, stack: Stack): readonly Resource[] =>
  blueprint.ofType(type).filter(resource => resource.stack === stack);

const throttleOf = ({
  ThrottlingRateLimit: ratePerSecond,
  ThrottlingBurstLimit: burst,
}: z.infer<typeof throttleShape>): Throttle | undefined =>
  ratePerSecond === undefined || burst === undefined ? undefined : { ratePerSecond, burst };
