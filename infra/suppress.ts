import { Stack, Validations } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';

/** Accepts one finding of cdk-nag on one construct. `rule` is its id as reported, e.g. `AwsSolutions-S1`. */
export const acknowledge = (construct: IConstruct, rule: string, reason: string): void =>
  Validations.of(construct).acknowledge({ id: rule, reason });

/** Accepts that `construct` may use the objects under `prefix` of a bucket that another stack owns: one finding, no other. */
export function acknowledgeObjects(
  construct: IConstruct,
  bucket: IBucket,
  prefix: string,
  reason: string,
): void {
  const imported = Stack.of(construct).resolve(Stack.of(bucket).exportValue(bucket.bucketArn));
  acknowledge(construct, `AwsSolutions-IAM5[Resource::${imported['Fn::ImportValue']}/${prefix}*]`, reason);
}
