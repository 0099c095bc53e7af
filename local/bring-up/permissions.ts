import type { Blueprint } from '../assembly/blueprint.ts';
import { checkMappings } from '../iam/check-mappings.ts';
import { type Permissions, roleOf } from '../iam/permissions.ts';
import { readPermissions } from '../iam/read-permissions.ts';
import type { FunctionSpec } from '../lambda/function-spec.ts';
import type { readMappings } from './mappings.ts';

/**
 * What the functions' roles may do.
 * @throws AssemblyError where that is less than Lambda's pollers do in their name.
 */
export function bringUpPermissions(
  blueprint: Blueprint,
  specs: readonly FunctionSpec[],
  { queues, streams }: ReturnType<typeof readMappings>,
): Permissions {
  const roles = specs.flatMap(spec => roleOf(spec.environment.AWS_ACCESS_KEY_ID) ?? []);
  const permissions = readPermissions(blueprint, roles);
  checkMappings(permissions, specs, [
    ...queues.map(({ functionName, queueArn }) => ({ functionName, sourceArn: queueArn })),
    ...streams.map(({ functionName, source }) => ({ functionName, sourceArn: source.arn })),
  ]);
  return permissions;
}
