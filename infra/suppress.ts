import { Stack, Validations } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';

/** Suppresses one finding of cdk-nag on one construct. `rule` is its id as reported, e.g. `AwsSolutions-S1`. */
export const suppress = (construct: IConstruct, rule: string, reason: string): void =>
  Validations.of(construct).acknowledge({ id: rule, reason });

/** Objects that `construct` may use although another stack owns the bucket, and why. */
export interface ObjectsUse {
  readonly bucket: IBucket;
  readonly prefix: string;
  readonly reason: string;
}

/** Suppresses the one finding about objects under a prefix of another stack's bucket, and no other. */
export function suppressObjects(construct: IConstruct, { bucket, prefix, reason }: ObjectsUse): void {
  const imported = Stack.of(construct).resolve(Stack.of(bucket).exportValue(bucket.bucketArn));
  suppress(construct, `AwsSolutions-IAM5[Resource::${imported['Fn::ImportValue']}/${prefix}*]`, reason);
}
