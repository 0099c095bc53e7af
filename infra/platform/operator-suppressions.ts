import type { Role } from 'aws-cdk-lib/aws-iam';
import { manifestsPrefix, recordsPrefix } from '#operate/core/audit/audit-keys.ts';
import { deadLettersName } from '#shared/core/identity/resource-names.ts';
import { logicalIdOf, suppressPattern } from '../suppress.ts';
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
  suppressPattern(
    role,
    `<${logicalIdOf(quarantine)}.Arn>/*`,
    'Operators see what is quarantined of every integration, so the function reads all objects of the quarantine.',
  );
  for (const objects of [`<${logicalIdOf(raw)}.Arn>/*`, `<${logicalIdOf(inbound)}.Arn>/*/in/*`])
    suppressPattern(
      role,
      objects,
      'Operators may see what an event of any integration was made of: see docs/decisions/0084-raw-inputs-are-read-on-record.md.',
    );
  for (const prefix of [recordsPrefix, manifestsPrefix])
    suppressPattern(
      role,
      `<${logicalIdOf(audit.bucket)}.Arn>/${prefix}*`,
      'Objects under a prefix can be named in no other way.',
    );
  suppressPattern(
    role,
    `<${logicalIdOf(rejects)}.Arn>/*/rejects/*`,
    'Operators see the rejects of every fence; the first star stands for the fence.',
  );
  suppressPattern(
    role,
    `<${logicalIdOf(busLog)}.Arn>/events/*`,
    'Operators search all events; the star stands for hour and name of an object of the log.',
  );
  suppressUndelivered(role, stage);
  suppressQueues(role, deadLettersName(stage.name, '*'));
}
