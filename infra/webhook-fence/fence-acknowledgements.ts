import type { Role } from 'aws-cdk-lib/aws-iam';
import type { WebhookFence } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import type { PlatformStack } from '../platform/platform-stack.ts';
import { acknowledge, acknowledgeObjects } from '../suppress.ts';

/** The findings that the roles of a fence cannot avoid, each with its own reason. */
export function acknowledgeFenceRole(
  role: Role,
  { id }: WebhookFence,
  { raw, quarantine }: PlatformStack,
): void {
  acknowledgeObjects(
    role,
    raw,
    `${id}/`,
    'Deliveries and rejects are archived under names made as they arrive; the prefix is the fence’s own.',
  );
  acknowledgeObjects(
    role,
    quarantine,
    `${id}/`,
    'Quarantined deliveries are named as they arrive; the prefix is the fence’s own, and it may write there, not read.',
  );
  acknowledge(
    role,
    'AwsSolutions-IAM5[Resource::*]',
    'X-Ray takes traces for the account and knows no resource to name; the two actions can only add traces.',
  );
}
