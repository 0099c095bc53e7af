import { arn } from '../aws-names.ts';
import { type Call, decide } from './decide.ts';
import type { Statement } from './statement.ts';

const rolePrefix = 'role.';
/** Access keys of people who may only do what a policy says. */
export const userPrefix = 'user.';

/**
 * Whose permissions count for an access key: of a function its role, of a user the key itself. Undefined for the owner of this
 * machine, who may do everything here.
 */
export function principalOf(accessKey: string | undefined): string | undefined {
  if (accessKey?.startsWith(userPrefix)) return accessKey;
  return accessKey?.startsWith(rolePrefix) ? accessKey.slice(rolePrefix.length) : undefined;
}

/** The ARN of the user that an access key belongs to. */
export const userArn = (accessKey: string): string =>
  arn('iam', '', accessKey.startsWith(userPrefix) ? `user/${accessKey.slice(userPrefix.length)}` : 'root');

const principalArn = (principal: string): string =>
  principal.startsWith(userPrefix) ? userArn(principal) : arn('sts', '', `assumed-role/${principal}`);

/** What each role and user may do by the policies that the templates give it. */
export class Permissions {
  readonly #statements: ReadonlyMap<string, readonly Statement[]>;

  readonly #isDenied: (principal: string, action: string) => boolean;

  /** `isDenied`: whether an action is denied at this moment, whatever the policies say. */
  constructor(
    statementsByPrincipal: ReadonlyMap<string, readonly Statement[]>,
    isDenied: (principal: string, action: string) => boolean = () => false,
  ) {
    this.#statements = statementsByPrincipal;
    this.#isDenied = isDenied;
  }

  /** Why the first call that is not allowed is denied, in IAM's words; undefined when all are allowed. */
  refusal(principal: string, calls: readonly Call[]): string | undefined {
    for (const call of calls) {
      const decision = this.#isDenied(principal, call.action)
        ? 'denied-explicitly'
        : decide(this.#statements.get(principal) ?? [], call);
      if (decision === 'allowed') continue;
      const reason =
        decision === 'denied-explicitly'
          ? 'with an explicit deny in an identity-based policy'
          : `because no identity-based policy allows the ${call.action} action`;
      return `User: ${principalArn(principal)} is not authorized to perform: ${call.action} on resource: ${call.resource} ${reason}`;
    }
    return undefined;
  }
}
