import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { eventsOf, type WebhookFence } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { observing } from '../function-defaults.ts';
import type { IntegrationSecret } from '../integration-secret.ts';
import {
  allow,
  listing,
  objectsUnder,
  onlyWhere,
  publishing,
  read,
  readSwitch,
  write,
} from '../platform/iam-statements.ts';
import type { PlatformStack } from '../platform/platform-stack.ts';
import type { Stage } from '../stage.ts';
import type { FencePart } from './fence-contracts.ts';
import type { FenceQueues } from './fence-queues.ts';

export interface FencePermissionsProps {
  readonly fence: WebhookFence;
  readonly part: FencePart;
  readonly platform: PlatformStack;
  readonly queues: FenceQueues;
  readonly keys: IntegrationSecret;
  readonly log: LogGroup;
  readonly stage: Stage;
}

/** All that one function of a fence may do; nothing is granted elsewhere. */
export const fencePermissions = (props: FencePermissionsProps): PolicyStatement[] => [
  ...keeping(props),
  readSwitch(props.platform.operate, props.fence.id),
  publishing(eventsOf(props.fence), props.platform.bus),
  ...own(props),
  ...observing(props.log, props.stage),
];

/** Every claim's key, and every object's, begins with the fence's id. */
function keeping({ fence: { id }, platform }: FencePermissionsProps): PolicyStatement[] {
  const { claims, raw, quarantine } = platform;
  const items = ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'].map(action => `dynamodb:${action}`);
  return [
    onlyWhere(
      {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${id}#*`] },
      },
      allow('Claim', items, claims.tableArn),
    ),
    allow('KeepRaw', [...read, ...write], objectsUnder(raw, `${id}/`)),
    listing('FindRaw', raw, `${id}/`),
    allow('Quarantine', write, objectsUnder(quarantine, `${id}/`)),
  ];
}

function own({ part, queues, keys }: FencePermissionsProps): PolicyStatement[] {
  if (part === 'drain')
    return [
      allow(
        'Drain',
        ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
        queues.spill.queueArn,
      ),
      allow('Postpone', ['sqs:SendMessage'], queues.spill.queueArn),
      allow('KeepDeadLetters', ['sqs:SendMessage'], queues.deadLetters.queueArn),
    ];
  return [
    allow('ReadSecret', ['secretsmanager:GetSecretValue'], keys.secret.secretArn),
    allow('Spill', ['sqs:SendMessage'], queues.spill.queueArn),
  ];
}
