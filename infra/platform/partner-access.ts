import { ArnPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { prefixesOf } from '../file-lane/lane-prefixes.ts';
import { onlyWhere } from './iam-statements.ts';

/**
 * Lets a partner's own principals reach the lane's folder by S3: drop under `in/` and `fixed/`, list and fetch answers under `ack/`, and
 * nothing else. Whose they are is said when the platform is deployed: context `partner:<lane>`, ARNs joined by commas.
 */
export function grantPartner(inbound: IBucket, lane: FileLane): void {
  const given: unknown = inbound.node.tryGetContext(`partner:${lane.id}`);
  if (given === undefined || !lane.delivery.via.includes('s3')) return;
  const principals = String(given)
    .split(',')
    .map(arn => new ArnPrincipal(arn.trim()));
  const { inPrefix, fixedPrefix, ackPrefix } = prefixesOf(lane);
  const may = (sid: string, action: string, resource: string) =>
    new PolicyStatement({
      sid: `${sid}${lane.id.replaceAll('-', '')}`,
      effect: Effect.ALLOW,
      principals,
      actions: [action],
      resources: [resource],
    });
  const statements = [
    may('Drop', 's3:PutObject', inbound.arnForObjects(`${inPrefix}*`)),
    may('Correct', 's3:PutObject', inbound.arnForObjects(`${fixedPrefix}*`)),
    may('Fetch', 's3:GetObject', inbound.arnForObjects(`${ackPrefix}*`)),
    onlyWhere(
      { StringLike: { 's3:prefix': `${ackPrefix}*` } },
      may('Look', 's3:ListBucket', inbound.bucketArn),
    ),
  ];
  for (const statement of statements) inbound.addToResourcePolicy(statement);
}
