import type { Role } from 'aws-cdk-lib/aws-iam';
import { manifestsPrefix, recordsPrefix } from '#operate/core/audit/audit-keys.ts';
import { deadLettersName } from '#shared/core/identity/resource-names.ts';
import { suppressArn, suppressObjects } from '../suppress.ts';
import { suppressQueues, suppressUndelivered } from './integrations-resources.ts';
import type { OperatorPermissionsProps } from './operator-permissions.ts';

/** The findings that the operator's role cannot avoid, each with its own reason. */
export function suppressOperatorRole(
  role: Role,
  {
    rejects,
    quarantine,
    inbound,
    raw,
    busLog,
    audit,
    stage,
  }: Pick<
    OperatorPermissionsProps,
    'rejects' | 'quarantine' | 'inbound' | 'raw' | 'busLog' | 'audit' | 'stage'
  >,
): void {
  suppressArn(
    role,
    quarantine.arnForObjects('*'),
    'Operators see what is quarantined of every integration, so the function reads all objects of the quarantine.',
  );
  for (const objects of [raw.arnForObjects('*'), inbound.arnForObjects('*/in/*')])
    suppressArn(
      role,
      objects,
      'Operators may see what an event of any integration was made of: see docs/decisions/0084-raw-inputs-are-read-on-record.md.',
    );
  for (const prefix of [recordsPrefix, manifestsPrefix])
    suppressObjects(role, {
      ...{ bucket: audit.bucket, prefix },
      reason: 'Objects under a prefix can be named in no other way.',
    });
  suppressArn(
    role,
    rejects.arnForObjects('*/rejects/*'),
    'Operators see the rejects of every fence; the first star stands for the fence.',
  );
  suppressArn(
    role,
    busLog.arnForObjects('events/*'),
    'Operators search all events; the star stands for hour and name of an object of the log.',
  );
  suppressUndelivered(role, stage);
  suppressQueues(role, deadLettersName(stage, '*'));
}
