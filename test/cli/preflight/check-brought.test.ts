import type { Account, Properties } from '#cli/preflight/account.ts';
import { checkBrought } from '#cli/preflight/check-brought.ts';
import { findingLine } from '#cli/preflight/finding.ts';
import type { EdgeConfig } from '#infra/edge-config.ts';

const key = (id: string, region = 'eu-central-1', account = '111122223333'): string =>
  `arn:aws:kms:${region}:${account}:key/${id}`;

const closed = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};
const versioned = {
  VersioningConfiguration: { Status: 'Enabled' },
  PublicAccessBlockConfiguration: closed,
};
const inbound = {
  ...versioned,
  NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
};
const allowing = (service: string) => ({ KeyPolicy: { Statement: [{ Principal: { Service: service } }] } });

/** What is in the account, by type and identifier. */
const world: Readonly<Record<string, Properties>> = {
  'AWS::Events::EventBus company': {},
  'AWS::S3::Bucket in': inbound,
  'AWS::S3::Bucket bare': {},
  'AWS::S3::Bucket logs': {},
  'AWS::S3::Bucket sealed': { ...versioned, BucketEncryption: { rules: 'aws:kms' } },
  'AWS::S3::Bucket keyed': { BucketEncryption: { rules: 'aws:kms' } },
  'AWS::S3::BucketPolicy open': { PolicyDocument: { Condition: 's3:DataAccessPointAccount' } },
  'AWS::S3::Bucket open': inbound,
  'AWS::KMS::Key data': allowing('events.amazonaws.com'),
  'AWS::KMS::Key logs': allowing('logs.eu-central-1.amazonaws.com'),
  'AWS::KMS::Key mute': {},
  'AWS::KMS::Key signing': { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY', Enabled: false },
  'AWS::EC2::Subnet subnet-1': { VpcId: 'vpc-1', AvailabilityZone: 'a' },
  'AWS::EC2::Subnet subnet-2': { VpcId: 'vpc-1', AvailabilityZone: 'b' },
  'AWS::EC2::SecurityGroup sg-1': { VpcId: 'vpc-1' },
  'AWS::EC2::SecurityGroup sg-2': { VpcId: 'vpc-2' },
  'AWS::IAM::ManagedPolicy arn:aws:iam::111122223333:policy/bounds': {},
};
const account = {
  identity: async () => ({ account: '111122223333', arn: 'me', region: 'eu-central-1' }),
  properties: async (type: string, id: string) => world[`${type} ${id}`],
} as unknown as Account;

type Bring = NonNullable<EdgeConfig['bring']>[string];

const linesOf = async (bring: Bring, more: EdgeConfig = {}) =>
  (await checkBrought(account, 'prod', { ...more, bring: { prod: bring } })).map(findingLine);

describe('of what a stage brings, an account is asked', () => {
  it('whether it is there and fits', async () => {
    expect(
      await linesOf({
        bus: 'company',
        buckets: { inbound: 'in', accessLogs: 'logs' },
        keys: { data: key('data'), logs: key('logs') },
        network: { subnets: ['subnet-1', 'subnet-2'], securityGroups: ['sg-1'] },
        permissionsBoundary: 'arn:aws:iam::111122223333:policy/bounds',
      }),
    ).toEqual([
      'ok      bring.prod.bus: company is there',
      'ok      bring.prod.buckets.inbound: in is there',
      'ok      bring.prod.buckets.accessLogs: logs is there',
      'ok      bring.prod.keys.data: data is there',
      'ok      bring.prod.keys.logs: logs is there',
      'ok      bring.prod.permissionsBoundary: arn:aws:iam::111122223333:policy/bounds is there',
      'ok      bring.prod.network: 2 subnets in 2 zones',
    ]);
  });

  it('what is not there', async () => {
    expect(await linesOf({ bus: 'firm' })).toEqual([
      'PROBLEM bring.prod.bus: AWS::Events::EventBus firm is not in this account and region. Make it, or correct the name.',
    ]);
    expect(await linesOf({ network: { subnets: ['subnet-9'], securityGroups: ['sg-1'] } })).toEqual([
      'PROBLEM bring.prod.network: subnet-9 is not in this account and region.',
    ]);
  });

  it('what a bucket lacks', async () => {
    expect(await linesOf({ buckets: { raw: 'sealed' } })).toEqual([
      'PROBLEM bring.prod.buckets.raw: a key of KMS encrypts sealed. Name its ARN as keys.data, so that functions may use it.',
    ]);
    expect(await linesOf({ buckets: { inbound: 'bare', accessLogs: 'keyed' } })).toEqual([
      'PROBLEM bring.prod.buckets.inbound: switch on the versioning of bare. Events point to versions.',
      'PROBLEM bring.prod.buckets.inbound: block all public access to bare.',
      'PROBLEM bring.prod.buckets.inbound: let bare send events to Amazon EventBridge. Lanes learn of files by them.',
      'PROBLEM bring.prod.buckets.accessLogs: S3 writes no access logs to keyed, which a key of KMS encrypts. Use SSE-S3.',
    ]);
  });

  it('whether partners can come in by access points', async () => {
    const partners = { prod: { 'acme-orders': ['arn:aws:iam::444455556666:role/drop'] } };
    expect(await linesOf({ buckets: { inbound: 'in' } }, { partners })).toEqual([
      'PROBLEM bring.prod.buckets.inbound: the policy of in must let requests through access points of this account. docs/deploy.md has the statement.',
    ]);
    expect(await linesOf({ buckets: { inbound: 'open' } }, { partners })).toEqual([
      'ok      bring.prod.buckets.inbound: open is there',
    ]);
  });

  it('what a key cannot do, and whether it can be looked at', async () => {
    const keys = { data: key('mute'), logs: key('far', 'us-east-1'), secrets: key('signing') };
    expect(await linesOf({ keys })).toEqual([
      `PROBLEM bring.prod.keys.logs: ${keys.logs} is of another region. Name a key of eu-central-1.`,
      'PROBLEM bring.prod.keys.data: the policy of the key does not let events.amazonaws.com use it. docs/deploy.md has the statement.',
      'PROBLEM bring.prod.keys.secrets: the key is disabled. Enable it.',
      'PROBLEM bring.prod.keys.secrets: the key is ECC_NIST_P256 for SIGN_VERIFY. Name a symmetric key that encrypts.',
    ]);
    const central = key('central', 'eu-central-1', '444455556666');
    expect(await linesOf({ keys: { logs: central } })).toEqual([
      `note    bring.prod.keys.logs: ${central} is of another account and cannot be looked at from here.`,
    ]);
  });

  it('whether a network is one, in two zones', async () => {
    expect(await linesOf({ network: { subnets: ['subnet-1'], securityGroups: ['sg-2'] } })).toEqual([
      'PROBLEM bring.prod.network: the subnets and security groups are of vpc-1 and vpc-2. Name those of one VPC.',
    ]);
    expect(await linesOf({ network: { subnets: ['subnet-1'], securityGroups: ['sg-1'] } })).toEqual([
      'note    bring.prod.network: all subnets are in a. If that zone fails, no function runs. Name subnets of two zones.',
    ]);
  });
});
