import type { Duration } from 'aws-cdk-lib';
import { PolicyDocument, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type Code,
  Function as LambdaFunction,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import { suppressPattern } from '../suppress.ts';
import { allow } from './iam-statements.ts';

export interface PlatformFunctionProps {
  readonly description: string;
  readonly code: Code;
  readonly stage: Stage;
  readonly timeout: Duration;
  readonly memorySize: number;
  /** All that it may do, besides logs and traces. */
  readonly statements: readonly PolicyStatement[];
  readonly environment: Readonly<Record<string, string>>;
  /** Its name in logs and traces. */
  readonly service: string;
}

/** A function that serves all integrations: its role, its log and itself. */
export class PlatformFunction extends Construct {
  readonly fn: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: PlatformFunctionProps) {
    super(scope, id);
    const { stage, service, description, statements, environment, ...settings } = props;
    const log = new LogGroup(this, 'Log', {
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
            // The group's ARN attribute ends in the `:*` that stands for its streams.
            allow('Log', ['logs:CreateLogStream', 'logs:PutLogEvents'], log.logGroupArn),
            allow('Trace', ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*'),
          ],
        }),
      },
    });
    suppressPattern(
      this.role,
      '*',
      'X-Ray takes traces for the account and knows no resource to name; the two actions can only add traces.',
    );
    this.fn = new LambdaFunction(this, 'Function', {
      ...settings,
      description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      role: this.role.withoutPolicyUpdates(),
      logGroup: log,
      tracing: Tracing.ACTIVE,
      environment: {
        ...environment,
        POWERTOOLS_SERVICE_NAME: service,
        POWERTOOLS_LOG_LEVEL: 'INFO',
        NODE_OPTIONS: '--enable-source-maps',
      },
    });
  }
}
