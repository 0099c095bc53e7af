import { Aws, Duration } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { Code, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { platformPart } from './derived-alarm.ts';
import { functionAlarms } from './function-alarms.ts';
import { queuesUrl, stageEnvironment } from './integrations-resources.ts';
import { type OperatorPermissionsProps, operatorPermissions } from './operator-permissions.ts';
import { suppressOperatorRole } from './operator-suppressions.ts';
import { PlatformFunction } from './platform-function.ts';

/** API Gateway waits 30 s for an answer. */
const answerSeconds = 29;

export interface OperatorFunctionProps extends OperatorPermissionsProps {
  readonly code: Code;
  /** Who is called when it fails. */
  readonly topic: ITopic;
}

/** The function behind the operator's API. */
export class OperatorFunction extends Construct {
  readonly fn: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: OperatorFunctionProps) {
    super(scope, id);
    const { stage, code, topic } = props;
    const { fn, role } = new PlatformFunction(this, 'Api', {
      description: 'Answers operators: what is stuck, and why',
      service: 'operator-api',
      isRegistered: true,
      code,
      stage,
      timeout: Duration.seconds(answerSeconds),
      memorySize: 1_024,
      statements: operatorPermissions(props),
      environment: environmentOf(props),
    });
    suppressOperatorRole(role, props);
    functionAlarms(this, {
      name: platformPart('operator-api'),
      meaning: 'Operators get no answer; integrations go on.',
      ...{ fn, stage, topic },
    });
    this.fn = fn;
    this.role = role;
  }
}

const environmentOf = ({
  ledger,
  operate,
  reconciler,
  rejects,
  quarantine,
  inbound,
  raw,
  busLog,
  jobs,
  audit,
  stage,
}: OperatorFunctionProps) => ({
  ...stageEnvironment(stage),
  ACCOUNT: Aws.ACCOUNT_ID,
  LEDGER_TABLE: ledger.tableName,
  OPERATE_TABLE: operate.tableName,
  RECONCILER_URL: reconciler.queueUrl,
  REJECTS_BUCKET: rejects.bucketName,
  BUS_LOG_BUCKET: busLog.bucketName,
  QUARANTINE_BUCKET: quarantine.bucketName,
  INBOUND_BUCKET: inbound.bucketName,
  RAW_BUCKET: raw.bucketName,
  JOBS_URL: jobs.queueUrl,
  AUDIT_BUCKET: audit.bucket.bucketName,
  AUDIT_KEY: audit.key.keyArn,
  AUDIT_DAYS: String(stage.audit.days),
  QUEUES_URL: queuesUrl,
});
