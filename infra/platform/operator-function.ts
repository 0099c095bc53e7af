import { Aws, Duration } from 'aws-cdk-lib';
import type { Code, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { type OperatorPermissionsProps, operatorPermissions } from './operator-permissions.ts';
import { suppressOperatorRole } from './operator-suppressions.ts';
import { PlatformFunction } from './platform-function.ts';

/** API Gateway waits 30 s for an answer. */
const answerSeconds = 29;

export interface OperatorFunctionProps extends OperatorPermissionsProps {
  readonly code: Code;
}

/** The function behind the operator's API. */
export class OperatorFunction extends Construct {
  readonly fn: LambdaFunction;

  constructor(scope: Construct, id: string, props: OperatorFunctionProps) {
    super(scope, id);
    const { stage, code } = props;
    const { fn, role } = new PlatformFunction(this, 'Api', {
      description: 'Answers operators: what is stuck, and why',
      service: 'operator-api',
      code,
      stage,
      timeout: Duration.seconds(answerSeconds),
      memorySize: 1_024,
      statements: operatorPermissions(props),
      environment: environmentOf(props),
    });
    suppressOperatorRole(role, props);
    this.fn = fn;
  }
}

const environmentOf = ({ ledger, operate, reconciler, raw, quarantine, stage }: OperatorFunctionProps) => ({
  STAGE: stage.name,
  ACCOUNT: Aws.ACCOUNT_ID,
  LEDGER_TABLE: ledger.tableName,
  OPERATE_TABLE: operate.tableName,
  RECONCILER_URL: reconciler.queueUrl,
  RAW_BUCKET: raw.bucketName,
  QUARANTINE_BUCKET: quarantine.bucketName,
  QUEUES_URL: `https://sqs.${Aws.REGION}.${Aws.URL_SUFFIX}/${Aws.ACCOUNT_ID}/`,
});
