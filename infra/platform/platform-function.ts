import type { Duration } from 'aws-cdk-lib';
import { PolicyDocument, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type Code, Function as LambdaFunction, type RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { functionDefaults, observing, suppressNameless } from '../function-defaults.ts';
import type { Stage } from '../stage.ts';
import { readingRegistry, registryEnvironment, suppressRegistry } from './registry.ts';
import { countUnread } from './registry-alarm.ts';

export interface PlatformFunctionProps {
  readonly description: string;
  readonly code: Code;
  readonly stage: Stage;
  readonly timeout: Duration;
  readonly memorySize: number;
  readonly recursiveLoop?: RecursiveLoop;
  /** All that it may do, besides logs and traces. */
  readonly statements: readonly PolicyStatement[];
  readonly environment: Readonly<Record<string, string>>;
  /** Whether it reads which integrations there are. */
  readonly isRegistered?: true;
  /** Its name in logs and traces. */
  readonly service: string;
}

/** A function that serves all integrations: its role, its log and itself. */
export class PlatformFunction extends Construct {
  readonly fn: LambdaFunction;
  readonly role: Role;
  readonly log: LogGroup;

  constructor(scope: Construct, id: string, props: PlatformFunctionProps) {
    super(scope, id);
    const { stage, service, description, statements, environment, isRegistered, ...settings } = props;
    this.log = new LogGroup(this, 'Log', {
      retention: stage.logRetention,
      removalPolicy: stage.removalPolicy,
    });
    this.role = new Role(this, 'Role', {
      description: `What the function ${service} may do`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        [service]: new PolicyDocument({
          statements: [
            ...statements,
            ...(isRegistered ? [readingRegistry(stage)] : []),
            ...observing(this.log, stage),
          ],
        }),
      },
    });
    suppressNameless(this.role, stage);
    if (isRegistered) {
      suppressRegistry(this.role, stage);
      countUnread(this, this.log, stage);
    }
    this.fn = new LambdaFunction(this, 'Function', {
      ...settings,
      description,
      ...functionDefaults(stage),
      role: this.role.withoutPolicyUpdates(),
      logGroup: this.log,
      environment: {
        ...environment,
        ...(isRegistered && registryEnvironment(stage)),
        POWERTOOLS_SERVICE_NAME: service,
        POWERTOOLS_LOG_LEVEL: 'INFO',
        NODE_OPTIONS: '--enable-source-maps',
      },
    });
  }
}
