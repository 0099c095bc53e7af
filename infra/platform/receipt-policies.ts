import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import { reporting } from './iam-statements.ts';

/** For each consumer that reports, a policy to attach to its role: it may put its own receipts on the bus, and nothing else. */
export function receiptPolicies(
  scope: Construct,
  { bus, stage }: { readonly bus: IEventBus; readonly stage: Stage },
): void {
  for (const name of Object.keys(stage.receipts))
    new ManagedPolicy(scope, `Receipts-${name}`, {
      managedPolicyName: `${stage.prefix}edge-receipts-${stage.name}-${name}`,
      description: `Lets the consumer ${name} report the events that it has done its work for`,
      statements: [reporting(name, bus)],
    });
}
