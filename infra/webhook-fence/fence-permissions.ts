import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { eventsOf, type WebhookFence } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { rejectsPrefix, releasesPrefix } from '#adapters/webhook-fence/core/webhook/reject.ts';
import { readSecret } from '../brought/key-use.ts';
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
import type { Platform } from '../platform/platform.ts';
import type { Stage } from '../stage.ts';
import type { FencePart } from './fence-contracts.ts';
import type { FenceQueues } from './fence-queues.ts';

export interface FencePermissionsProps {
  readonly fence: WebhookFence;
  readonly part: FencePart;
  readonly platform: Platform;
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

function own({
  fence: { id },
  platform: { rejects },
  part,
  queues,
  keys,
  stage,
}: FencePermissionsProps): PolicyStatement[] {
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
    ...vault(part, { id, rejects }),
    ...readSecret('ReadSecret', keys.secret.secretArn, stage),
    allow('Spill', ['sqs:SendMessage'], queues.spill.queueArn),
  ];
}

/** Who receives only adds rejects, and never sees one again; who releases reads them, and reports what was released. */
function vault(
  part: FencePart,
  { id, rejects }: { readonly id: string; readonly rejects: IBucket },
): PolicyStatement[] {
  if (part === 'receive') return [allow('KeepRejects', write, objectsUnder(rejects, rejectsPrefix(id)))];
  return [
    allow('ReadOwnRejects', read, objectsUnder(rejects, rejectsPrefix(id))),
    listing('FindRejects', rejects, rejectsPrefix(id)),
    allow('ReportReleases', write, objectsUnder(rejects, releasesPrefix(id))),
  ];
}
