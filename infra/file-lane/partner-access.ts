import { Aws, CfnOutput, Fn } from 'aws-cdk-lib';
import { ArnPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnAccessPoint, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { accessPointName } from '#shared/core/identity/resource-names.ts';
import { onlyWhere } from '../platform/iam-statements.ts';
import { prefixesOf } from './lane-prefixes.ts';
import type { LaneProps } from './lane-props.ts';

export interface PartnerAccessProps extends LaneProps {
  readonly inbound: IBucket;
  /** ARNs of the partner's own users and roles. */
  readonly partners: readonly string[];
}

/**
 * Lets a partner's own principals reach the lane's folder by S3: drop under `in/`, list and fetch answers under `ack/`, and
 * nothing else. It is an access point of the lane's own, so that the bucket's policy does not grow with each partner: see
 * docs/decisions/0075-an-access-point-for-each-lane.md.
 */
export class PartnerAccess extends Construct {
  constructor(scope: Construct, id: string, props: PartnerAccessProps) {
    super(scope, id);
    const point = new CfnAccessPoint(this, 'Point', {
      bucket: props.inbound.bucketName,
      name: accessPointName(props.stage, props.lane.id),
      publicAccessBlockConfiguration: {
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      policy: policyOf(props),
    });
    new CfnOutput(this, 'Alias', {
      key: 'PartnerBucketAlias',
      value: point.attrAlias,
      description: 'What the partner names as the bucket',
    });
  }
}

function policyOf({ lane, stage, partners }: PartnerAccessProps): PolicyDocument {
  const point = Fn.join('', [
    `arn:${Aws.PARTITION}:s3:${Aws.REGION}:${Aws.ACCOUNT_ID}:accesspoint/`,
    accessPointName(stage, lane.id),
  ]);
  const { inPrefix, fixedPrefix, ackPrefix } = prefixesOf(lane);
  const may = (sid: string, action: string, resource: string) =>
    new PolicyStatement({
      sid,
      effect: Effect.ALLOW,
      principals: partners.map(arn => new ArnPrincipal(arn)),
      actions: [action],
      resources: [resource],
    });
  return new PolicyDocument({
    statements: [
      may('Drop', 's3:PutObject', `${point}/object/${inPrefix}*`),
      may('Correct', 's3:PutObject', `${point}/object/${fixedPrefix}*`),
      may('Fetch', 's3:GetObject', `${point}/object/${ackPrefix}*`),
      onlyWhere({ StringLike: { 's3:prefix': `${ackPrefix}*` } }, may('Look', 's3:ListBucket', point)),
    ],
  });
}
