import { Aws } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { Stage } from '../stage.ts';
import { suppressPattern } from '../suppress.ts';

/**
 * Queues and buckets that the stacks of integrations make, as the platform names them: see
 * docs/decisions/0071-names-that-the-operator-knows.md. A star stands for the integration.
 */

export const queueArn = (name: string): string =>
  `arn:${Aws.PARTITION}:sqs:${Aws.REGION}:${Aws.ACCOUNT_ID}:${name}`;

/** Before a queue's name. */
export const queuesUrl = `https://sqs.${Aws.REGION}.${Aws.URL_SUFFIX}/${Aws.ACCOUNT_ID}/`;

export const undeliveredArn = ({ name }: Stage): string =>
  `arn:${Aws.PARTITION}:s3:::undelivered-${name}-*-${Aws.ACCOUNT_ID}-${Aws.REGION}`;

export const functionArn = (name: string): string =>
  `arn:${Aws.PARTITION}:lambda:${Aws.REGION}:${Aws.ACCOUNT_ID}:function:${name}`;

/** The findings about queues that are named so. */
export function suppressQueues(role: Role, ...names: readonly string[]): void {
  for (const name of names)
    suppressPattern(
      role,
      `arn:<AWS::Partition>:sqs:<AWS::Region>:<AWS::AccountId>:${name}`,
      'The star stands for an integration. Its queue is made by another stack, which comes after this one.',
    );
}

/** The finding about buckets of undelivered records. */
export const suppressUndelivered = (role: Role, { name }: Stage): void =>
  suppressPattern(
    role,
    `arn:<AWS::Partition>:s3:::undelivered-${name}-*-<AWS::AccountId>-<AWS::Region>`,
    'The star stands for a feed. Its bucket is made by another stack, which comes after this one.',
  );
