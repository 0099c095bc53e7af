import type { Blueprint } from '../assembly/blueprint.ts';
import { checkMappings } from '../iam/check-mappings.ts';
import { type Permissions, principalOf } from '../iam/permissions.ts';
import { type LocalUser, readPermissions } from '../iam/read-permissions.ts';
import type { FunctionSpec } from '../lambda/function-spec.ts';
import { deliveryRoles } from './delivery-streams.ts';
import type { readMappings } from './mappings.ts';
import { firehoseRoles } from './rules.ts';
import { scheduleRoles } from './schedules.ts';

interface BroughtUp {
  readonly mappings: ReturnType<typeof readMappings>;
  readonly users: readonly LocalUser[];
  readonly isDenied?: ((principal: string, action: string) => boolean) | undefined;
}

/**
 * What the roles of functions, schedules, rules and delivery streams may do, and the users.
 * @throws AssemblyError where that is less than Lambda's pollers do in their name.
 */
export function bringUpPermissions(
  blueprint: Blueprint,
  specs: readonly FunctionSpec[],
  { mappings: { queues, streams }, users, isDenied }: BroughtUp,
): Permissions {
  const ofFunctions = specs.flatMap(spec => principalOf(spec.environment.AWS_ACCESS_KEY_ID) ?? []);
  const roles = [
    ...ofFunctions,
    ...scheduleRoles(blueprint),
    ...deliveryRoles(blueprint),
    ...firehoseRoles(blueprint),
  ];
  const permissions = readPermissions(blueprint, roles, { users, isDenied });
  checkMappings(permissions, specs, [...queues, ...streams]);
  return permissions;
}
