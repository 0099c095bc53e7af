import { Duration } from 'aws-cdk-lib';
import {
  BackupPlan,
  BackupPlanRule,
  BackupResource,
  BackupVault,
  type IBackupVault,
} from 'aws-cdk-lib/aws-backup';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import { suppress } from '../suppress.ts';

interface BackupsProps {
  readonly tables: readonly ITable[];
  readonly stage: Stage;
}

/** A backup of the tables each night, for longer than they can be restored to a point in time, and in another region where one is named. */
export function backups(parent: Construct, { tables, stage }: BackupsProps): void {
  const { backups: asked } = stage;
  if (!asked) return;
  const scope = new Construct(parent, 'Backups');
  const deleteAfter = Duration.days(asked.days);
  const copies: readonly IBackupVault[] =
    asked.copyTo === undefined ? [] : [BackupVault.fromBackupVaultArn(scope, 'Other', asked.copyTo)];
  const plan = new BackupPlan(scope, 'Plan', {
    backupPlanName: `${stage.prefix}edge-${stage.name}`,
    backupVault: new BackupVault(scope, 'Vault', {
      backupVaultName: `${stage.prefix}edge-${stage.name}`,
      removalPolicy: stage.removalPolicy,
    }),
    backupPlanRules: [
      new BackupPlanRule({
        ruleName: 'nightly',
        scheduleExpression: Schedule.cron({ minute: '0', hour: '3' }),
        deleteAfter,
        copyActions: copies.map(destinationBackupVault => ({ destinationBackupVault, deleteAfter })),
      }),
    ],
  });
  plan.addSelection('Tables', {
    resources: tables.map(({ tableArn }) => BackupResource.fromArn(tableArn)),
    role: backupRole(scope),
    disableDefaultBackupPolicy: true,
  });
}

function backupRole(scope: Construct): Role {
  const role = new Role(scope, 'Role', {
    description: 'By which AWS Backup backs up tables of the edge adapters',
    assumedBy: new ServicePrincipal('backup.amazonaws.com'),
    managedPolicies: [
      ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSBackupServiceRolePolicyForBackup'),
    ],
  });
  suppress(
    role,
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup]',
    'AWS keeps in this policy what its service needs for a backup. The selection names three tables, and the role restores nothing.',
  );
  return role;
}
