import type { Role } from 'aws-cdk-lib/aws-iam';
import type { WebhookFence } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import type { PlatformStack } from '../platform/platform-stack.ts';
import { suppress, suppressObjects } from '../suppress.ts';

/** The findings that the roles of a fence cannot avoid, each with its own reason. */
export function suppressFenceRole(
  role: Role,
  { id }: WebhookFence,
  { raw, quarantine }: PlatformStack,
): void {
  suppressObjects(role, {
    bucket: raw,
    prefix: `${id}/`,
    reason:
      'Deliveries and rejects are archived under names made as they arrive; the prefix is the fence’s own.',
  });
  suppressObjects(role, {
    bucket: quarantine,
    prefix: `${id}/`,
    reason:
      'Quarantined deliveries are named as they arrive; the prefix is the fence’s own, and it may write there, not read.',
  });
  suppress(
    role,
    'AwsSolutions-IAM5[Resource::*]',
    'X-Ray takes traces for the account and knows no resource to name; the two actions can only add traces.',
  );
}
