import { Aws } from 'aws-cdk-lib';
import type { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { kinds } from '#shared/contract/kind.ts';
import { workFunctionName } from '#shared/core/identity/resource-names.ts';
import type { Stage } from '../stage.ts';
import { suppressPattern } from '../suppress.ts';
import { allow, onlyWhere } from './iam-statements.ts';

/**
 * Queues and buckets that the stacks of integrations make, as the platform names them: see
 * docs/decisions/0071-names-that-the-operator-knows.md. A star stands for the integration.
 */

export const queueArn = (name: string): string =>
  `arn:${Aws.PARTITION}:sqs:${Aws.REGION}:${Aws.ACCOUNT_ID}:${name}`;

/** Before a queue's name. */
export const queuesUrl = `https://sqs.${Aws.REGION}.${Aws.URL_SUFFIX}/${Aws.ACCOUNT_ID}/`;

export const undeliveredArn = ({ prefix, name }: Stage): string =>
  `arn:${Aws.PARTITION}:s3:::${prefix}undelivered-${name}-*-${Aws.ACCOUNT_ID}-${Aws.REGION}`;

/** Functions that event source mappings of integrations call. */
const workFunctionArns = (stage: Stage): string[] =>
  kinds.map(kind => functionArn(workFunctionName(stage, { id: '*', kind })));

export const functionArn = (name: string): string =>
  `arn:${Aws.PARTITION}:lambda:${Aws.REGION}:${Aws.ACCOUNT_ID}:function:${name}`;

const mappingsArn = `arn:${Aws.PARTITION}:lambda:${Aws.REGION}:${Aws.ACCOUNT_ID}:event-source-mapping:*`;

/**
 * To disable and enable event source mappings, of functions of integrations alone. AWS takes no resource for the listing, and
 * conditions know a mapping by its function. Source: AWS Lambda developer guide, fine-tuning resources and conditions of policies.
 */
export const switchMappings = (stage: Stage): PolicyStatement[] => [
  allow('FindMappings', ['lambda:ListEventSourceMappings'], '*'),
  onlyWhere(
    { ArnLike: { 'lambda:FunctionArn': workFunctionArns(stage) } },
    allow('SwitchMappings', ['lambda:UpdateEventSourceMapping'], mappingsArn),
  ),
];

/** The findings about those statements. */
export function suppressMappings(role: Role): void {
  suppressPattern(role, '*', 'Lambda takes no resource for the listing of event source mappings.');
  suppressPattern(
    role,
    'arn:<AWS::Partition>:lambda:<AWS::Region>:<AWS::AccountId>:event-source-mapping:*',
    'The name of a mapping is made by Lambda. The condition allows those of functions of integrations alone.',
  );
}

/** The findings about queues that are named so. */
export function suppressQueues(role: Role, ...names: readonly string[]): void {
  for (const name of names)
    suppressPattern(
      role,
      `arn:<AWS::Partition>:sqs:<AWS::Region>:<AWS::AccountId>:${name}`,
      'The star stands for an integration. Its queue is made by another stack, which comes after this one.',
    );
}

/** The findings about buckets of undelivered records, and about objects in them. */
export function suppressUndelivered(
  role: Role,
  { prefix, name }: Stage,
  ...objects: readonly string[]
): void {
  for (const path of ['', ...objects])
    suppressPattern(
      role,
      `arn:<AWS::Partition>:s3:::${prefix}undelivered-${name}-*-<AWS::AccountId>-<AWS::Region>${path}`,
      'The star stands for a feed. Its bucket is made by another stack, which comes after this one.',
    );
}

/** By which a function finds what the stacks of integrations make. */
export const stageEnvironment = ({ name, prefix }: Stage): Record<string, string> => ({
  STAGE: name,
  ...(prefix !== '' && { NAME_PREFIX: prefix }),
});
