import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnApi,
  type CfnStage,
  HttpApi,
  HttpMethod,
  type HttpRoute,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import {
  probeMethodsOf,
  statusRoute,
  type WebhookFence,
} from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { suppress } from '../suppress.ts';
import type { FenceProps } from './fence-props.ts';

/**
 * Neither path nor query: correlation ids and handshake tokens travel in them. No text of the caller’s own, which could break the line.
 *
 * `lambdaStatus` is what Lambda answered to the invocation: 200 also where the function answers 401 or dies, 429 where Lambda
 * throttles. `$context.integration.status` would be the function's own answer, which `status` has. Source: API Gateway developer
 * guide, "Customize HTTP API access logs", `$context.integration.integrationStatus`.
 */
const accessLine = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  routeKey: '$context.routeKey',
  protocol: '$context.protocol',
  sourceIp: '$context.identity.sourceIp',
  status: '$context.status',
  responseBytes: '$context.responseLength',
  milliseconds: '$context.responseLatency',
  lambdaMilliseconds: '$context.integration.latency',
  lambdaStatus: '$context.integration.integrationStatus',
  error: '$context.error.message',
  lambdaError: '$context.integration.error',
};

export interface FenceApiProps extends FenceProps {
  readonly fn: IFunction;
}

/** A fence's address: an HTTP API of its own with its routes, throttled each, and a line for every request. */
export class FenceApi extends Construct {
  readonly api: HttpApi;
  readonly log: LogGroup;
  /** `https://…`, without a slash at its end. */
  readonly endpoint: string;

  constructor(scope: Construct, id: string, { fence, fn, stage }: FenceApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      apiName: `${stage.prefix}edge-${fence.id}-${stage.name}`,
      description: fence.purpose.slice(0, 1024),
      createDefaultStage: false,
    });
    this.endpoint = this.api.apiEndpoint;
    (this.api.node.defaultChild as CfnApi).disableExecuteApiEndpoint = stage.ownDomain;
    const routes = this.#routes(fence, fn);
    this.log = new LogGroup(this, 'Log', {
      // Under this prefix log deliveries need no line each in the one policy that they share, which has room for a few dozen.
      logGroupName: `/aws/vendedlogs/${stage.prefix}edge/${stage.name}/${fence.id}/access`,
      retention: stage.logRetention,
      removalPolicy: stage.removalPolicy,
    });
    // Settings of a route that is not there yet are refused.
    this.#stage(fence).node.addDependency(...routes);
  }

  #routes(fence: WebhookFence, fn: IFunction): readonly HttpRoute[] {
    const integration = new HttpLambdaIntegration('Function', fn);
    const routes = [
      ...this.api.addRoutes({
        path: fence.route,
        methods: methodsOf(fence).map(method => HttpMethod[method]),
        integration,
      }),
      ...this.api.addRoutes({ path: statusRoute(fence), methods: [HttpMethod.GET], integration }),
    ];
    for (const route of routes)
      suppress(
        route,
        'AwsSolutions-APIG4',
        'The signature is the authorisation: providers cannot obtain tokens of ours. The function verifies it over the raw body, which an authorizer does not see; status is given only to who presents the fence’s status key.',
      );
    return routes;
  }

  #stage(fence: WebhookFence): HttpStage {
    const { ratePerSecond, burst } = fence.throttle;
    const stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: ratePerSecond, burstLimit: burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.log),
        format: AccessLogFormat.custom(JSON.stringify(accessLine)),
      },
    });
    (stage.node.defaultChild as CfnStage).routeSettings = Object.fromEntries(
      routeKeysOf(fence).map(key => [
        key,
        { ThrottlingRateLimit: ratePerSecond, ThrottlingBurstLimit: burst },
      ]),
    );
    return stage;
  }
}

const methodsOf = (fence: WebhookFence) => [...fence.methods, ...probeMethodsOf(fence)];

const routeKeysOf = (fence: WebhookFence): readonly string[] => [
  ...methodsOf(fence).map(method => `${method} ${fence.route}`),
  `GET ${statusRoute(fence)}`,
];
