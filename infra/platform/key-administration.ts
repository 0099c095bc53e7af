import { AccountRootPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';

const actions = [
  'CancelKeyDeletion',
  'DescribeKey',
  'DisableKey',
  'EnableKey',
  'GetKeyPolicy',
  'GetKeyRotationStatus',
  'ListKeyPolicies',
  'ListResourceTags',
  'PutKeyPolicy',
  'ScheduleKeyDeletion',
  'TagResource',
  'UntagResource',
  'UpdateKeyDescription',
];

/**
 * The account's administrators, as their own policies allow; without it nobody could change or delete the key. In a key's own policy,
 * resource "*" is the key itself: there is no other way to write it.
 */
export const keyAdministration = (...others: readonly string[]): PolicyStatement =>
  new PolicyStatement({
    principals: [new AccountRootPrincipal()],
    actions: [...actions, ...others].sort().map(action => `kms:${action}`),
    resources: ['*'],
  });
