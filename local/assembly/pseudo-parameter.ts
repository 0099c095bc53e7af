import { account } from '../aws-names.ts';
import { noValue } from './intrinsics.ts';

/** `AWS::Region` and its like; undefined for any other name. */
export function pseudoParameter(name: string, stackName: string, region: string): unknown {
  const values: Readonly<Record<string, unknown>> = {
    'AWS::AccountId': account,
    'AWS::NoValue': noValue,
    'AWS::NotificationARNs': [],
    'AWS::Partition': 'aws',
    'AWS::Region': region,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/local`,
    'AWS::StackName': stackName,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  return values[name];
}
