import type { Role } from 'aws-cdk-lib/aws-iam';
import { manifestsPrefix, recordsPrefix } from '#operate/core/audit/audit-keys.ts';
import { deadLettersName } from '#shared/core/identity/resource-names.ts';
import { logicalIdOf, suppressPattern } from '../suppress.ts';
import type { OperatorPermissionsProps } from './operator-permissions.ts';

/** The findings that the operator's role cannot avoid, each with its own reason. */
export function suppressOperatorRole(
  role: Role,
  {
    raw,
    quarantine,
    audit,
    stage: { name },
  }: Pick<OperatorPermissionsProps, 'raw' | 'quarantine' | 'audit' | 'stage'>,
): void {
  suppressPattern(
    role,
    `<${logicalIdOf(quarantine)}.Arn>/*`,
    'Operators see what is quarantined of every integration, so the function reads all objects of the quarantine.',
  );
  for (const prefix of [recordsPrefix, manifestsPrefix])
    suppressPattern(
      role,
      `<${logicalIdOf(audit.bucket)}.Arn>/${prefix}*`,
      'Objects under a prefix can be named in no other way.',
    );
  suppressPattern(
    role,
    `<${logicalIdOf(raw)}.Arn>/*/rejects/*`,
    'Operators see the rejects of every fence; the first star stands for the fence.',
  );
  suppressPattern(
    role,
    `arn:<AWS::Partition>:s3:::undelivered-${name}-*-<AWS::AccountId>-<AWS::Region>`,
    'The star stands for a feed. Its bucket is made by another stack, which comes after this one.',
  );
  suppressPattern(
    role,
    `arn:<AWS::Partition>:sqs:<AWS::Region>:<AWS::AccountId>:${deadLettersName(name, '*')}`,
    'The star stands for an integration. Its queue is made by another stack, which comes after this one.',
  );
}
