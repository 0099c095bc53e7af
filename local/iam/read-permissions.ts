import * as z from 'zod';
import type { Blueprint } from '../assembly/blueprint.ts';
import { AssemblyError, at, type Resource } from '../assembly/template.ts';
import { readProperties } from '../bring-up/read.ts';
import { Permissions } from './permissions.ts';
import { readStatements, type Statement } from './statement.ts';

const inline = z.object({ PolicyDocument: z.unknown() });
const roleShape = z.object({
  Policies: z.array(inline).default([]),
  ManagedPolicyArns: z.array(z.string()).default([]),
});
const policyShape = inline.extend({ Roles: z.array(z.string()).default([]) });

/** A user who has one managed policy. */
export interface LocalUser {
  readonly accessKeyId: string;
  readonly policyArn: string;
}

interface Principals {
  readonly users?: readonly LocalUser[];
  readonly isDenied?: ((principal: string, action: string) => boolean) | undefined;
}

/**
 * The identity policies of the roles named: those written in the role, and those that name it; and of users. Policies of buckets, queues and
 * keys are not evaluated.
 * @throws AssemblyError for a policy that AWS manages, and for what is not evaluated.
 */
export function readPermissions(
  blueprint: Blueprint,
  roles: readonly string[],
  { users = [], isDenied }: Principals = {},
): Permissions {
  const attached = attachedPolicies(blueprint);
  const statements = new Map<string, readonly Statement[]>();
  for (const resource of blueprint.ofType('AWS::IAM::Role')) {
    const role = blueprint.identity(resource).ref;
    if (!roles.includes(role)) continue;
    const others = attached.filter(policy => policy.roles.includes(role)).map(policy => policy.statements);
    statements.set(role, [...inlinePolicies(blueprint, resource), ...others.flatMap(read => read())]);
  }
  for (const { accessKeyId, policyArn } of users)
    statements.set(accessKeyId, statementsOfPolicy(blueprint, policyArn));
  return new Permissions(statements, isDenied);
}

function inlinePolicies(blueprint: Blueprint, resource: Resource): readonly Statement[] {
  const { Policies, ManagedPolicyArns } = readProperties(blueprint, resource, roleShape);
  if (ManagedPolicyArns.length > 0)
    throw new AssemblyError(`${at(resource)}: ${ManagedPolicyArns.join(', ')} is not known locally`);
  return Policies.flatMap(({ PolicyDocument }) => readStatements(at(resource), PolicyDocument));
}

function statementsOfPolicy(blueprint: Blueprint, policyArn: string): readonly Statement[] {
  const resource = blueprint
    .ofType('AWS::IAM::ManagedPolicy')
    .find(policy => blueprint.identity(policy).ref === policyArn);
  if (!resource) throw new AssemblyError(`no managed policy has the ARN ${policyArn}`);
  return readStatements(at(resource), readProperties(blueprint, resource, policyShape).PolicyDocument);
}

/** Read only for the roles that need them: those of functions that do not run here may say what they like. */
const attachedPolicies = (blueprint: Blueprint) =>
  blueprint.ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy').map(resource => {
    const { Roles, PolicyDocument } = readProperties(blueprint, resource, policyShape);
    return { roles: Roles, statements: () => readStatements(at(resource), PolicyDocument) };
  });
