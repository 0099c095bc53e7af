import { type CfnElement, Stack, Validations } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { type Reference, textOf } from './templates/text-of.ts';

/** Suppresses one finding of cdk-nag on one construct. `rule` is its id as reported, e.g. `AwsSolutions-S1`. */
export const suppress = (construct: IConstruct, rule: string, reason: string): void =>
  Validations.of(construct).acknowledge({ id: rule, reason });

/** Suppresses the finding about one resource that is named by pattern, as cdk-nag writes it. */
export const suppressPattern = (construct: IConstruct, pattern: string, reason: string): void =>
  suppress(construct, `AwsSolutions-IAM5[Resource::${pattern}]`, reason);

/** How cdk-nag writes a construct of the same stack. */
export const logicalIdOf = (construct: IConstruct): string =>
  Stack.of(construct).getLogicalId(construct.node.defaultChild as CfnElement);

/** Suppresses the finding about what an ARN with a star names, wherever it is made. */
export const suppressArn = (construct: IConstruct, arn: string, reason: string): void =>
  suppressPattern(construct, textOf(Stack.of(construct).resolve(arn), asNagWrites), reason);

/** Objects that `construct` may use, and why. */
export interface ObjectsUse {
  readonly bucket: IBucket;
  readonly prefix: string;
  readonly reason: string;
}

/** Suppresses the one finding about objects under a prefix of a bucket, and no other. */
export const suppressObjects = (construct: IConstruct, { bucket, prefix, reason }: ObjectsUse): void =>
  suppressArn(construct, bucket.arnForObjects(`${prefix}*`), reason);

const asNagWrites = (reference: Reference): string =>
  `<${reference['Fn::GetAtt']?.join('.') ?? reference.Ref}>`;
