import { AssemblyError } from '../assembly/template.ts';
import { arnService } from '../aws-names.ts';
import type { FunctionSpec } from '../lambda/function-spec.ts';
import { type Permissions, principalOf } from './permissions.ts';

/** What Lambda's pollers do in the name of the function's role. Source: Lambda Developer Guide, execution role permissions. */
const polling: Readonly<Record<string, readonly string[]>> = {
  sqs: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  kinesis: ['kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'],
  dynamodb: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
};

/** @throws AssemblyError for a mapping that AWS would refuse to make, because the function's role may not read its source. */
export function checkMappings(
  permissions: Permissions,
  specs: readonly FunctionSpec[],
  mappings: readonly { readonly functionName: string; readonly sourceArn: string }[],
): void {
  for (const { functionName, sourceArn } of mappings) {
    const principal = principalOf(
      specs.find(({ name }) => name === functionName)?.environment.AWS_ACCESS_KEY_ID,
    );
    if (principal === undefined) continue;
    const actions = polling[arnService(sourceArn)] ?? [];
    const refusal = permissions.refusal(
      principal,
      actions.map(action => ({ action, resource: sourceArn })),
    );
    if (refusal !== undefined) throw new AssemblyError(`mapping of ${functionName}: ${refusal}`);
  }
}
