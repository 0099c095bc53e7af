import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaApplication, LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Alias, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { canaryName } from '#shared/core/identity/resource-names.ts';
import { allow } from './platform/iam-statements.ts';
import type { Stage } from './stage.ts';
import { logicalIdOf, suppressPattern } from './suppress.ts';

interface CanaryProps {
  readonly integration: string;
  readonly fn: LambdaFunction;
  readonly live: Alias;
  /** CodeDeploy takes ten. */
  readonly alarms: readonly Alarm[];
  readonly stage: Stage;
}

/**
 * Deploys a function as a canary: its new version gets a tenth of the invocations for five minutes, then all. A deployment in which
 * one of the alarms rings is taken back. See docs/decisions/0091-which-functions-run-in-two-versions.md.
 */
export function canary(parent: Construct, { integration, fn, live, alarms, stage }: CanaryProps): void {
  if (!stage.canary) return;
  const scope = new Construct(parent, 'Canary');
  const name = canaryName(stage, integration);
  new LambdaDeploymentGroup(scope, 'Group', {
    application: new LambdaApplication(scope, 'Application', { applicationName: name }),
    deploymentGroupName: name,
    alias: live,
    alarms: [...alarms],
    deploymentConfig: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
    autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
    role: deployer(scope, integration, fn).withoutPolicyUpdates(),
  });
}

/** What CodeDeploy may do: move the aliases of this function, and look at alarms. */
function deployer(scope: Construct, integration: string, fn: LambdaFunction): Role {
  const shift = ['lambda:GetAlias', 'lambda:UpdateAlias', 'lambda:GetProvisionedConcurrencyConfig'];
  const role = new Role(scope, 'Role', {
    description: `By which CodeDeploy moves invocations of ${integration} to a new version`,
    assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
    inlinePolicies: {
      canary: new PolicyDocument({
        statements: [
          allow('ShiftInvocations', shift, fn.functionArn, `${fn.functionArn}:*`),
          allow('ReadAlarms', ['cloudwatch:DescribeAlarms'], '*'),
        ],
      }),
    },
  });
  suppressPattern(
    role,
    '*',
    'CodeDeploy reads alarms of the account by their names; the action changes nothing.',
  );
  suppressPattern(
    role,
    `<${logicalIdOf(fn)}.Arn>:*`,
    'The star stands for a version or an alias of this function.',
  );
  return role;
}
