import { Aws } from 'aws-cdk-lib';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { LogGroup, LogStream } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { busLogErrorPrefix, busLogPrefix } from '#operate/core/bus-log/bus-log-keys.ts';
import { limits } from '#shared/contract/limits.ts';
import { usingDataKey } from '../brought/key-use.ts';
import type { Stage } from '../stage.ts';
import { suppressObjects } from '../suppress.ts';
import { allow, objectsUnder, write } from './iam-statements.ts';

const prefixes = [busLogPrefix, busLogErrorPrefix];

export interface BusLogStreamProps {
  readonly bucket: Bucket;
  readonly stage: Stage;
}

/** Buffers events, compresses them, and writes them to the bucket under their hour. */
export class BusLogStream extends Construct {
  readonly stream: CfnDeliveryStream;
  readonly role: Role;

  constructor(scope: Construct, id: string, { bucket, stage }: BusLogStreamProps) {
    super(scope, id);
    const log = new LogGroup(this, 'Log', {
      retention: stage.logRetention,
      removalPolicy: stage.removalPolicy,
    });
    const lines = new LogStream(this, 'Lines', { logGroup: log, removalPolicy: stage.removalPolicy });
    this.role = this.#role(bucket, log, stage);
    this.stream = new CfnDeliveryStream(this, 'Stream', {
      deliveryStreamName: `${stage.prefix}edge-${stage.name}-bus-log`,
      deliveryStreamType: 'DirectPut',
      deliveryStreamEncryptionConfigurationInput: { keyType: 'AWS_OWNED_CMK' },
      extendedS3DestinationConfiguration: {
        bucketArn: bucket.bucketArn,
        roleArn: this.role.roleArn,
        prefix: `${busLogPrefix}!{timestamp:yyyy/MM/dd/HH}/`,
        errorOutputPrefix: `${busLogErrorPrefix}!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/`,
        compressionFormat: 'GZIP',
        bufferingHints: {
          intervalInSeconds: limits.busLogBufferSeconds,
          sizeInMBs: limits.busLogBufferMebibytes,
        },
        processingConfiguration: {
          enabled: true,
          processors: [
            {
              type: 'AppendDelimiterToRecord',
              parameters: [{ parameterName: 'Delimiter', parameterValue: '\\n' }],
            },
          ],
        },
        cloudWatchLoggingOptions: {
          enabled: true,
          logGroupName: log.logGroupName,
          logStreamName: lines.logStreamName,
        },
      },
    });
    // Firehose looks at the bucket when the stream is made.
    this.stream.node.addDependency(this.role);
  }

  #role(bucket: Bucket, log: LogGroup, stage: Stage): Role {
    const role = new Role(this, 'Role', {
      description: 'What Firehose may do for the bus log',
      assumedBy: new ServicePrincipal('firehose.amazonaws.com', {
        conditions: { StringEquals: { 'sts:ExternalId': Aws.ACCOUNT_ID } },
      }),
      inlinePolicies: {
        'bus-log': new PolicyDocument({
          statements: [
            allow('Write', write, ...prefixes.map(prefix => objectsUnder(bucket, prefix))),
            allow(
              'Find',
              ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
              bucket.bucketArn,
            ),
            allow('Log', ['logs:PutLogEvents'], log.logGroupArn),
            ...usingDataKey(stage),
          ],
        }),
      },
    });
    for (const prefix of prefixes)
      suppressObjects(role, {
        ...{ bucket, prefix },
        reason: 'Firehose names objects by their time, and S3 has no other way to name those under a prefix.',
      });
    return role;
  }
}
