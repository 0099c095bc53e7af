import { type CfnElement, Stack, Validations } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { textOf } from './templates/text-of.ts';

/** Suppresses one finding of cdk-nag on one construct. `rule` is its id as reported, e.g. `AwsSolutions-S1`. */
export const suppress = (construct: IConstruct, rule: string, reason: string): void =>
  Validations.of(construct).acknowledge({ id: rule, reason });

/** Suppresses the finding about one resource that is named by pattern, as cdk-nag writes it. */
export const suppressPattern = (construct: IConstruct, pattern: string, reason: string): void =>
  suppress(construct, `AwsSolutions-IAM5[Resource::${pattern}]`, reason);

/** How cdk-nag writes a construct of the same stack. */
export const logicalIdOf = (construct: IConstruct): string =>
  Stack.of(construct).getLogicalId(construct.node.defaultChild as CfnElement);

/** Objects that `construct` may use although another stack owns the bucket, and why. */
export interface ObjectsUse {
  readonly bucket: IBucket;
  readonly prefix: string;
  readonly reason: string;
}

/** Suppresses the one finding about objects under a prefix of another stack's bucket, and no other. */
export const suppressObjects = (construct: IConstruct, { bucket, prefix, reason }: ObjectsUse): void =>
  suppressPattern(
    construct,
    textOf(Stack.of(construct).resolve(bucket.arnForObjects(`${prefix}*`)), asNagWrites),
    reason,
  );

const asNagWrites = ({ Ref }: { readonly Ref?: string }): string => `<${Ref}>`;
