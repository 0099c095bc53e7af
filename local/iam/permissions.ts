import { arn } from '../aws-names.ts';
import { type Call, decide } from './decide.ts';
import type { Statement } from './statement.ts';

const rolePrefix = 'role.';

/** The role that an access key names; undefined for the keys of people, who may do everything here. */
export const roleOf = (accessKey: string | undefined): string | undefined =>
  accessKey?.startsWith(rolePrefix) ? accessKey.slice(rolePrefix.length) : undefined;

/** What each role may do by the policies that its template gives it. */
export class Permissions {
  readonly #statements: ReadonlyMap<string, readonly Statement[]>;

  constructor(statementsByRole: ReadonlyMap<string, readonly Statement[]>) {
    this.#statements = statementsByRole;
  }

  /** Why the first call that is not allowed is denied, in IAM's words; undefined when all are allowed. */
  refusal(role: string, calls: readonly Call[]): string | undefined {
    for (const call of calls) {
      const decision = decide(this.#statements.get(role) ?? [], call);
      if (decision === 'allowed') continue;
      const reason =
        decision === 'denied-explicitly'
          ? 'with an explicit deny in an identity-based policy'
          : `because no identity-based policy allows the ${call.action} action`;
      return `User: ${arn('sts', '', `assumed-role/${role}`)} is not authorized to perform: ${call.action} on resource: ${call.resource} ${reason}`;
    }
    return undefined;
  }
}
