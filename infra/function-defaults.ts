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
import { proofAlias } from '#shared/core/identity/resource-names.ts';
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

/** The name by which the auditor of the bus may call a function. */
export const proofEntrance = (scope: Construct, fn: LambdaFunction): Alias =>
  new Alias(scope, 'Proof', {
    aliasName: proofAlias,
    version: fn.latestVersion,
    description: 'By which the auditor of the bus asks about events',
  });
