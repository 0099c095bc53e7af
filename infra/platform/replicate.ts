import { Policy, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { logicalIdOf, suppressPattern } from '../suppress.ts';
import { allow } from './iam-statements.ts';

/**
 * Copies every new version of every object to a bucket in another region. What is deleted here stays there. Where objects are locked,
 * so are their copies. See docs/guides/recover.md.
 */
export function replicate(bucket: Bucket, replicaArn: string | undefined): void {
  if (replicaArn === undefined) return;
  const scope = new Construct(bucket, 'Replica');
  const role = new Role(scope, 'Role', {
    description: 'By which S3 copies objects to a bucket in another region',
    assumedBy: new ServicePrincipal('s3.amazonaws.com'),
  });
  // By itself: a bucket that names a role cannot be named by that role.
  const policy = new Policy(scope, 'Policy', { roles: [role], statements: copying(bucket, replicaArn) });
  const reason = 'S3 copies every object of the bucket; the star stands for its key.';
  suppressPattern(policy, `<${logicalIdOf(bucket)}.Arn>/*`, reason);
  suppressPattern(policy, `${replicaArn}/*`, reason);
  (bucket.node.defaultChild as CfnBucket).replicationConfiguration = {
    role: role.roleArn,
    rules: [
      {
        id: 'replica',
        status: 'Enabled',
        priority: 1,
        filter: { prefix: '' },
        deleteMarkerReplication: { status: 'Disabled' },
        destination: { bucket: replicaArn },
      },
    ],
  };
}

const copying = (bucket: Bucket, replicaArn: string): PolicyStatement[] => [
  allow('FindObjects', ['s3:GetReplicationConfiguration', 's3:ListBucket'], bucket.bucketArn),
  allow(
    'ReadObjects',
    [
      's3:GetObjectVersionForReplication',
      's3:GetObjectVersionAcl',
      's3:GetObjectVersionTagging',
      's3:GetObjectRetention',
      's3:GetObjectLegalHold',
    ],
    bucket.arnForObjects('*'),
  ),
  allow('WriteReplicas', ['s3:ReplicateObject', 's3:ReplicateTags'], `${replicaArn}/*`),
];
