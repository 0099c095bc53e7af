import { type App, Aspects } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnArchive } from 'aws-cdk-lib/aws-events';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import { CfnStream } from 'aws-cdk-lib/aws-kinesis';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import type { Stage } from '../stage.ts';
import type { Brought } from './brought.ts';

/**
 * Gives what is brought to all resources of the app that take it, so that none can be forgotten. Buses and buckets are named where they
 * are made (`infra/platform/`), for what is brought is not made.
 */
export function applyBrought(app: App, { brought }: Stage): void {
  const { permissionsBoundary } = brought;
  if (permissionsBoundary !== undefined)
    PermissionsBoundary.of(app).apply(
      ManagedPolicy.fromManagedPolicyArn(app, 'PermissionsBoundary', permissionsBoundary),
    );
  Aspects.of(app).add({ visit: resource => setBrought(resource, brought) });
}

function setBrought(resource: IConstruct, { network, keys }: Brought): void {
  if (network && resource instanceof CfnFunction)
    resource.vpcConfig = { subnetIds: [...network.subnets], securityGroupIds: [...network.securityGroups] };
  if (keys.logs !== undefined && resource instanceof CfnLogGroup) resource.kmsKeyId = keys.logs;
  if (keys.secrets !== undefined && resource instanceof CfnSecret) resource.kmsKeyId = keys.secrets;
  if (keys.data !== undefined) setDataKey(resource, keys.data);
}

/** Buckets have it from `closedBucket()`. */
function setDataKey(resource: IConstruct, key: string): void {
  if (resource instanceof CfnQueue) {
    resource.sqsManagedSseEnabled = undefined;
    resource.kmsMasterKeyId = key;
  } else if (resource instanceof CfnTable)
    resource.sseSpecification = { sseEnabled: true, sseType: 'KMS', kmsMasterKeyId: key };
  else if (resource instanceof CfnStream) resource.streamEncryption = { encryptionType: 'KMS', keyId: key };
  else if (resource instanceof CfnArchive) resource.kmsKeyIdentifier = key;
  else if (resource instanceof CfnDeliveryStream)
    resource.deliveryStreamEncryptionConfigurationInput = { keyType: 'CUSTOMER_MANAGED_CMK', keyArn: key };
}
