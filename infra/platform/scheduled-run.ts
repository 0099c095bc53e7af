import { Aws } from 'aws-cdk-lib';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { allow } from './iam-statements.ts';

interface ScheduledRunProps {
  /** Unique in the account. */
  readonly name: string;
  readonly fn: IFunction;
  /** A schedule expression, in UTC. */
  readonly at: string;
  readonly description: string;
}

/** Invokes a function by EventBridge Scheduler, with a role that can do nothing else. */
export function scheduledRun(
  scope: Construct,
  id: string,
  { name, fn, at, description }: ScheduledRunProps,
): void {
  const own = new Construct(scope, id);
  const role = new Role(own, 'Role', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
    inlinePolicies: {
      invoke: new PolicyDocument({
        statements: [allow('Invoke', ['lambda:InvokeFunction'], fn.functionArn)],
      }),
    },
  });
  new CfnSchedule(own, 'Schedule', {
    name,
    description,
    scheduleExpression: at,
    scheduleExpressionTimezone: 'UTC',
    flexibleTimeWindow: { mode: 'OFF' },
    target: { arn: fn.functionArn, roleArn: role.roleArn, input: '{}' },
  });
}
