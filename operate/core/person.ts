import type { Caller } from './caller.ts';

/**
 * The person behind a caller, as far as AWS vouches for one: two callers with the same answer may be the same person. The name of a
 * role's session is chosen by whoever assumes the role, so all sessions of a role are one person, except where IAM Identity Center
 * names them after its users. See docs/decisions/0034-another-person.md.
 */
export function personOf({ arn, account }: Caller): string {
  const [, role = '', session = ''] = /^arn:[^:]+:sts::\d+:assumed-role\/([^/]+)\/(.+)$/.exec(arn) ?? [];
  if (role.startsWith('AWSReservedSSO_')) return `${account}/identity-center/${session}`;
  if (role) return `${account}/role/${role}`;
  // Whoever calls GetFederationToken chooses the name.
  if (/^arn:[^:]+:sts::\d+:federated-user\//.test(arn)) return `${account}/federated-users`;
  return arn;
}
