import { Aws, Duration } from 'aws-cdk-lib';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type Code,
  Function as LambdaFunction,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type OperatorPermissionsProps, operatorPermissions } from './operator-permissions.ts';
import { suppressOperatorRole } from './operator-suppressions.ts';

/** API Gateway waits 30 s for an answer. */
const answerSeconds = 29;

export interface OperatorFunctionProps extends Omit<OperatorPermissionsProps, 'log'> {
  readonly code: Code;
}

/** The function behind the operator's API. */
export class OperatorFunction extends Construct {
  readonly fn: LambdaFunction;

  constructor(scope: Construct, id: string, props: OperatorFunctionProps) {
    super(scope, id);
    const { stage, code } = props;
    const log = new LogGroup(this, 'Log', {
      retention: stage.logRetention,
      removalPolicy: stage.removalPolicy,
    });
    const role = new Role(this, 'Role', {
      description: 'What the operator API may do',
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        operator: new PolicyDocument({ statements: operatorPermissions({ ...props, log }) }),
      },
    });
    suppressOperatorRole(role, props);
    this.fn = new LambdaFunction(this, 'Function', {
      description: 'Answers operators: what is stuck, and why',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code,
      role: role.withoutPolicyUpdates(),
      timeout: Duration.seconds(answerSeconds),
      memorySize: 1_024,
      logGroup: log,
      tracing: Tracing.ACTIVE,
      environment: environmentOf(props),
    });
  }
}

const environmentOf = ({ ledger, raw, quarantine, stage }: OperatorFunctionProps) => ({
  STAGE: stage.name,
  ACCOUNT: Aws.ACCOUNT_ID,
  LEDGER_TABLE: ledger.tableName,
  RAW_BUCKET: raw.bucketName,
  QUARANTINE_BUCKET: quarantine.bucketName,
  QUEUES_URL: `https://sqs.${Aws.REGION}.${Aws.URL_SUFFIX}/${Aws.ACCOUNT_ID}/`,
  POWERTOOLS_SERVICE_NAME: 'operator-api',
  POWERTOOLS_LOG_LEVEL: 'INFO',
  NODE_OPTIONS: '--enable-source-maps',
});
