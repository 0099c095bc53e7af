import { RemovalPolicy } from 'aws-cdk-lib';
import type { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Architecture,
  type Function as LambdaFunction,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { liveAlias, proofAlias } from '#shared/core/identity/resource-names.ts';
import { usingDataKey } from './brought/key-use.ts';
import { joiningNetwork, joiningReason } from './brought/network-use.ts';
import { allow } from './platform/iam-statements.ts';
import type { Stage } from './stage.ts';
import { suppressPattern } from './suppress.ts';

/** What all functions have in common. */
export const functionDefaults = ({ traces }: Stage) => ({
  runtime: Runtime.NODEJS_24_X,
  architecture: Architecture.ARM_64,
  handler: 'index.handler',
  ...(traces && { tracing: Tracing.ACTIVE }),
  // What was deployed before stays, so that operators can go back to it. The version of a deployment that failed goes.
  currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE },
});

/** What each function may do for its own log, and for what its stage has: traces, a network, a key. */
export const observing = (log: ILogGroup, stage: Stage): PolicyStatement[] => [
  // The group's ARN attribute ends in the `:*` that stands for its streams.
  allow('Log', ['logs:CreateLogStream', 'logs:PutLogEvents'], log.logGroupArn),
  ...(stage.traces ? [allow('Trace', ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*')] : []),
  ...(stage.brought.network ? [allow('JoinSubnets', joiningNetwork, '*')] : []),
  ...usingDataKey(stage),
];

/** Why a role may do something without a resource to name, where its stage has what needs it. */
export const namelessReasons = ({ traces, brought }: Stage): readonly string[] => [
  ...(traces ? [tracesReason] : []),
  ...(brought.network ? [joiningReason] : []),
];

const tracesReason =
  'X-Ray takes traces for the account and knows no resource to name; the two actions can only add traces.';

/** The finding about them, in a role that has no other action without a resource. */
export function suppressNameless(role: Role, stage: Stage): void {
  const reasons = namelessReasons(stage);
  if (reasons.length > 0) suppressPattern(role, '*', reasons.join(' '));
}

/** The name by which everything calls the function: of the version that was deployed last, unless an operator went back. */
export function liveEntrance(scope: Construct, fn: LambdaFunction, stage: Stage): Alias {
  nameRestored(fn, stage);
  return new Alias(scope, 'Live', {
    aliasName: liveAlias,
    version: fn.currentVersion,
    description: 'By which everything calls the function',
  });
}

/**
 * Parameters of the platform name its tables. Where such a name changes, no template of an integration does, and no version would be
 * published. It is a variable, because Lambda publishes no version of a function that is as it was.
 */
function nameRestored(fn: LambdaFunction, { restored }: Stage): void {
  const names = Object.values(restored);
  if (names.length > 0) fn.addEnvironment('RESTORED_TABLES', names.join(' '));
}

/** The name by which the auditor of the bus may call a function. */
export const proofEntrance = (scope: Construct, fn: LambdaFunction): Alias =>
  new Alias(scope, 'Proof', {
    aliasName: proofAlias,
    version: fn.currentVersion,
    description: 'By which the auditor of the bus asks about events',
  });
