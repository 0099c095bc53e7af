import { Aws } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';

/** Leaves it to the access points of this account who may do what: S3 asks both policies. */
export const throughAccessPoints = (bucket: IBucket): PolicyStatement =>
  new PolicyStatement({
    sid: 'ThroughAccessPoints',
    effect: Effect.ALLOW,
    principals: [new AnyPrincipal()],
    actions: ['s3:PutObject', 's3:GetObject', 's3:ListBucket'],
    resources: [bucket.bucketArn, bucket.arnForObjects('*')],
    conditions: { StringEquals: { 's3:DataAccessPointAccount': Aws.ACCOUNT_ID } },
  });
