import { Aws } from 'aws-cdk-lib';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { CfnUser } from 'aws-cdk-lib/aws-transfer';
import { Construct } from 'constructs';
import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { usingDataKey } from '../brought/key-use.ts';
import { allow, objectsUnder, onlyWhere, read } from '../platform/iam-statements.ts';
import type { Stage } from '../stage.ts';
import { prefixesOf } from './lane-prefixes.ts';
import { suppressSftpRole } from './lane-suppressions.ts';

export interface SftpUserProps {
  readonly lane: FileLane;
  readonly stage: Stage;
  readonly inbound: IBucket;
  readonly serverId: string;
}

/** A partner's SFTP user: sees `/in`, `/fixed` and `/ack`, its own, and nothing else of the bucket. */
export class SftpUser extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, { lane, stage, inbound, serverId }: SftpUserProps) {
    super(scope, id);
    this.role = partnerRole(this, { lane, stage, inbound });
    suppressSftpRole(this.role, lane, inbound);
    new CfnUser(this, 'User', {
      serverId,
      userName: lane.id,
      role: this.role.roleArn,
      homeDirectoryType: 'LOGICAL',
      homeDirectoryMappings: Object.values(prefixesOf(lane)).map(prefix => ({
        entry: prefix.slice(prefix.lastIndexOf('/', prefix.length - 2), -1),
        target: `/${inbound.bucketName}/${prefix.slice(0, -1)}`,
      })),
    });
  }
}

/** Clients upload under another name and rename, which on S3 is copy and delete; earlier versions stay. */
const upload = [...read, 's3:PutObject', 's3:DeleteObject'];

function partnerRole(scope: Construct, { lane, stage, inbound }: Omit<SftpUserProps, 'serverId'>): Role {
  const { inPrefix, fixedPrefix, ackPrefix } = prefixesOf(lane);
  return new Role(scope, 'Role', {
    description: `What the SFTP user of ${lane.id} may do`,
    assumedBy: new ServicePrincipal('transfer.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
    inlinePolicies: {
      partner: new PolicyDocument({
        statements: [
          allow('Drop', upload, objectsUnder(inbound, inPrefix)),
          allow('Correct', upload, objectsUnder(inbound, fixedPrefix)),
          allow('Fetch', read, objectsUnder(inbound, ackPrefix)),
          onlyWhere(
            {
              StringLike: { 's3:prefix': [inPrefix, fixedPrefix, ackPrefix].map(prefix => `${prefix}*`) },
            },
            allow('Look', ['s3:ListBucket'], inbound.bucketArn),
          ),
          ...usingDataKey(stage),
        ],
      }),
    },
  });
}
