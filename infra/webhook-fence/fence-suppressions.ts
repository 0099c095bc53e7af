import type { Role } from 'aws-cdk-lib/aws-iam';
import { rejectsPrefix, releasesPrefix } from '#adapters/webhook-fence/core/webhook/reject.ts';
import { suppressNameless } from '../function-defaults.ts';
import { suppressObjects } from '../suppress.ts';
import type { FencePermissionsProps } from './fence-permissions.ts';

/** The findings that the roles of a fence cannot avoid, each with its own reason. */
export function suppressFenceRole(
  role: Role,
  {
    fence: { id },
    part,
    platform,
    stage,
  }: Pick<FencePermissionsProps, 'fence' | 'part' | 'platform' | 'stage'>,
): void {
  const { raw, rejects, quarantine } = platform;
  suppressObjects(role, {
    bucket: raw,
    prefix: `${id}/`,
    reason: 'Deliveries are archived under names made as they arrive; the prefix is the fence’s own.',
  });
  suppressObjects(role, {
    bucket: quarantine,
    prefix: `${id}/`,
    reason:
      'Quarantined deliveries are named as they arrive; the prefix is the fence’s own, and it may write there, not read.',
  });
  if (part !== 'drain')
    suppressObjects(role, {
      bucket: rejects,
      prefix: rejectsPrefix(id),
      reason: 'Rejects are named as they arrive; the prefix is the fence’s own.',
    });
  if (part === 'release')
    suppressObjects(role, {
      bucket: rejects,
      prefix: releasesPrefix(id),
      reason: 'Reports are named after the releases; the prefix is the fence’s own.',
    });
  suppressNameless(role, stage);
}
