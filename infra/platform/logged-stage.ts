import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type HttpApi,
  HttpStage,
  LogGroupLogDestination,
  type ThrottleSettings,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Stage } from '../stage.ts';

/** Neither path nor query: ids and names of files travel in them. Who asked for what is in the function's log. */
export const accessLine = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  routeKey: '$context.routeKey',
  sourceIp: '$context.identity.sourceIp',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  error: '$context.error.message',
};

export interface LoggedStageProps {
  readonly api: HttpApi;
  /** Names the log. */
  readonly name: string;
  readonly stage: Stage;
  readonly throttle: ThrottleSettings;
  readonly line: Readonly<Record<string, string>>;
}

/** The one stage of an API of the platform: throttled, and with a line for each request. */
export function loggedStage(scope: Construct, { api, name, stage, throttle, line }: LoggedStageProps): void {
  const log = new LogGroup(scope, 'Log', {
    logGroupName: `/aws/vendedlogs/${stage.prefix}edge/${stage.name}/${name}/access`,
    retention: stage.logRetention,
    removalPolicy: stage.removalPolicy,
  });
  new HttpStage(scope, 'Stage', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    throttle,
    accessLogSettings: {
      destination: new LogGroupLogDestination(log),
      format: AccessLogFormat.custom(JSON.stringify(line)),
    },
  });
}
