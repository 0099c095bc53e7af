import { randomBytes } from 'node:crypto';
import type { Blueprint } from './assembly/blueprint.ts';
import type { Stack } from './assembly/template.ts';
import { userPrefix } from './iam/permissions.ts';

/** A person who may do what one managed policy says, and nothing else. */
export interface LocalIdentity {
  /** `viewer`, from the output `ViewerPolicyArn`. */
  readonly name: string;
  readonly policyArn: string;
  readonly accessKeyId: string;
  /** Of this run alone. */
  readonly secretAccessKey: string;
}

export interface OperatorDescription {
  readonly url: string;
  readonly identities: readonly LocalIdentity[];
}

/** Undefined when the platform has no API for operators. */
export function describeOperator(blueprint: Blueprint, platform: Stack): OperatorDescription | undefined {
  const url = blueprint.output(platform, 'OperatorApiUrl');
  if (url === undefined) return undefined;
  const outputs = Object.keys(platform.template.Outputs ?? {});
  const identities = outputs.flatMap(output => {
    const [, policy] = /^([A-Z][a-z]+)PolicyArn$/.exec(output) ?? [];
    return policy ? [identityOf(policy.toLowerCase(), blueprint.output(platform, output) ?? '')] : [];
  });
  return { url, identities };
}

const identityOf = (name: string, policyArn: string): LocalIdentity => ({
  name,
  policyArn,
  accessKeyId: userPrefix + name,
  secretAccessKey: randomBytes(20).toString('hex'),
});
