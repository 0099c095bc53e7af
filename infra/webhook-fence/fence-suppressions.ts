import type { Role } from 'aws-cdk-lib/aws-iam';
import { suppressTraces } from '../function-defaults.ts';
import { suppressObjects } from '../suppress.ts';
import type { FencePermissionsProps } from './fence-permissions.ts';

/** The findings that the roles of a fence cannot avoid, each with its own reason. */
export function suppressFenceRole(
  role: Role,
  { fence: { id }, platform, stage }: Pick<FencePermissionsProps, 'fence' | 'platform' | 'stage'>,
): void {
  const { raw, quarantine } = platform;
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
  suppressTraces(role, stage);
}
