import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { fileSettled } from '../../events/edge/file-settled.v1.ts';
import type { EventContract } from '../../shared/contract/define-event.ts';
import type { FileLane } from '../../shared/contract/define-file-lane.ts';
import type { PlatformStack } from '../stacks/platform-stack.ts';
import { objectPermissions } from './lane-object-permissions.ts';
import type { LaneQueues } from './lane-queues.ts';

/** All that a lane's function may do, statement by statement; nothing is granted elsewhere. */
export const lanePermissions = (
  lane: FileLane,
  platform: PlatformStack,
  queues: LaneQueues,
  log: LogGroup,
  secret?: ISecret,
): PolicyStatement[] => [
  ...objectPermissions(lane, platform),
  ...itemPermissions(lane, platform),
  allow(
    'WorkOnOwnQueue',
    [
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ChangeMessageVisibility',
      'sqs:SendMessage',
    ],
    queues.work.queueArn,
  ),
  allow('AnnounceRows', ['sqs:SendMessage'], queues.rows.queueArn),
  publishing([...lane.events, fileSettled], platform.bus),
  ...(secret ? [allow('ReadKeys', ['secretsmanager:GetSecretValue'], secret.secretArn)] : []),
  // The group's ARN attribute ends in the `:*` that stands for its streams.
  allow('Log', ['logs:CreateLogStream', 'logs:PutLogEvents'], log.logGroupArn),
  allow('Trace', ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*'),
];

export const allow = (
  sid: string,
  actions: readonly string[],
  resource: string,
  conditions?: Record<string, unknown>,
): PolicyStatement =>
  new PolicyStatement({
    sid,
    effect: Effect.ALLOW,
    actions: [...actions],
    resources: [resource],
    ...(conditions && { conditions }),
  });

/** Every key of both tables begins with the integration's id: a lane reads and writes its own items alone. */
function itemPermissions(lane: FileLane, { ledger, claims }: PlatformStack): PolicyStatement[] {
  const own = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${lane.id}#*`] } };
  const items = ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'].map(action => `dynamodb:${action}`);
  const statements = [allow('KeepLedger', [...items, 'dynamodb:Query'], ledger.tableArn, own)];
  if (lane.duplicates === 'row') statements.push(allow('ClaimRows', items, claims.tableArn, own));
  return statements;
}

/**
 * The events named and no others. A request with many entries has many sources, so each
 * must match; `Null` because "all of none" would match as well.
 */
export const publishing = (events: readonly EventContract[], bus: IEventBus): PolicyStatement =>
  allow('Publish', ['events:PutEvents'], bus.eventBusArn, {
    'ForAllValues:StringEquals': {
      'events:source': distinct(events.map(event => event.domain)),
      'events:detail-type': distinct(events.map(event => event.type)),
    },
    Null: { 'events:source': 'false', 'events:detail-type': 'false' },
  });

const distinct = (words: readonly string[]): string[] => [...new Set(words)].sort();
