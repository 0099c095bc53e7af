import type { Account, Properties } from './account.ts';
import { type Finding, problem } from './finding.ts';

export interface BroughtBucketPlace {
  /** Place in edge.config.ts. */
  readonly at: string;
  /** What it is brought for, such as `inbound`. */
  readonly name: string;
  readonly bucket: string;
  /** Whether partners of other accounts come by access points. */
  readonly hasPartners: boolean;
  /** Whether the stage names a key of data, which functions may use. */
  readonly hasDataKey: boolean;
}

/** What is missing in a bucket that is brought. */
export async function bucketFindings(
  account: Account,
  { at, name, bucket, hasPartners, hasDataKey }: BroughtBucketPlace,
  properties: Properties,
): Promise<readonly Finding[]> {
  if (name === 'accessLogs')
    return isKeyed(properties)
      ? [problem(`${at}: S3 writes no access logs to ${bucket}, which a key of KMS encrypts. Use SSE-S3.`)]
      : [];
  const isInbound = name === 'inbound';
  return [
    ...missing(
      properties.VersioningConfiguration?.Status === 'Enabled',
      `${at}: switch on the versioning of ${bucket}. Events point to versions.`,
    ),
    ...missing(isClosed(properties), `${at}: block all public access to ${bucket}.`),
    ...missing(
      hasDataKey || !isKeyed(properties),
      `${at}: a key of KMS encrypts ${bucket}. Name its ARN as keys.data, so that functions may use it.`,
    ),
    ...missing(
      !isInbound || isNotifying(properties),
      `${at}: let ${bucket} send events to Amazon EventBridge. Lanes learn of files by them.`,
    ),
    ...missing(
      !isInbound || !hasPartners || (await letsAccessPointsIn(account, bucket)),
      `${at}: the policy of ${bucket} must let requests through access points of this account. docs/deploy.md has the statement.`,
    ),
  ];
}

const missing = (isFine: boolean, text: string): readonly Finding[] => (isFine ? [] : [problem(text)]);

const isNotifying = ({ NotificationConfiguration }: Properties): boolean =>
  NotificationConfiguration?.EventBridgeConfiguration?.EventBridgeEnabled === true;

const isClosed = ({ PublicAccessBlockConfiguration: block = {} }: Properties): boolean =>
  ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'].every(
    setting => block[setting] === true,
  );

const isKeyed = ({ BucketEncryption }: Properties): boolean =>
  JSON.stringify(BucketEncryption ?? {}).includes('aws:kms');

async function letsAccessPointsIn(account: Account, bucket: string): Promise<boolean> {
  const policy = await account.properties('AWS::S3::BucketPolicy', bucket);
  return JSON.stringify(policy ?? {}).includes('s3:DataAccessPointAccount');
}
