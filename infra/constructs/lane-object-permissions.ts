import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { FileLane } from '../../shared/contract/define-file-lane.ts';
import type { PlatformStack } from '../stacks/platform-stack.ts';
import { allow } from './lane-permissions.ts';
import { prefixesOf } from './lane-prefixes.ts';

/** Reads of the object itself and of a version of it. */
export const read = ['s3:GetObject', 's3:GetObjectVersion'] as const;
/** `PutObject` covers multipart uploads too, except giving one up. */
export const write = ['s3:PutObject', 's3:AbortMultipartUpload'] as const;

/** Reads what the partner drops, answers beside it, and keeps its own raw copies and quarantine. */
export function objectPermissions(
  lane: FileLane,
  { inbound, raw, quarantine }: PlatformStack,
): PolicyStatement[] {
  const { inPrefix, ackPrefix } = prefixesOf(lane);
  const own = `${lane.id}/`;
  return [
    allow('ReadDrops', read, objectsUnder(inbound, inPrefix)),
    listing('FindDrops', inbound, inPrefix),
    allow('Acknowledge', write, objectsUnder(inbound, ackPrefix)),
    allow('KeepRaw', [...read, ...write], objectsUnder(raw, own)),
    listing('FindRaw', raw, own),
    allow('KeepQuarantine', [...read, ...write], objectsUnder(quarantine, own)),
    listing('FindQuarantine', quarantine, own),
  ];
}

/**
 * Without it S3 answers 403 for an object that is not there, and a deleted file would look like a lost permission. S3 holds
 * the key that is missing against the same condition as the prefix of a listing.
 */
export const listing = (sid: string, bucket: IBucket, prefix: string): PolicyStatement =>
  allow(sid, ['s3:ListBucket'], bucket.bucketArn, { StringLike: { 's3:prefix': `${prefix}*` } });

/** The one place where a permission needs a `*`: S3 has no other way to name the objects under a prefix. */
export const objectsUnder = (bucket: IBucket, prefix: string): string => bucket.arnForObjects(`${prefix}*`);
