import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { Code, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { handoffIndexes } from '#adapters/file-lane/core/outcome/handoff-indexes.ts';
import { recordsPrefix } from '#operate/core/audit/audit-keys.ts';
import { busLogPrefix } from '#operate/core/bus-log/bus-log-keys.ts';
import { limits } from '#shared/contract/limits.ts';
import {
  proofAlias,
  releaseFunctionName,
  workFunctionName,
  workQueueName,
} from '#shared/core/identity/resource-names.ts';
import type { Stage } from '../stage.ts';
import { suppressObjects, suppressPattern } from '../suppress.ts';
import { busAuditorAlarms } from './bus-auditor-alarms.ts';
import { allow, listing, objectsUnder, onlyWhere } from './iam-statements.ts';
import {
  functionArn,
  queueArn,
  queuesUrl,
  stageEnvironment,
  suppressQueues,
} from './integrations-resources.ts';
import { PlatformFunction } from './platform-function.ts';
import { scheduledRun } from './scheduled-run.ts';

/** Objects of the raw bucket by which the auditor and a lane speak. */
const proofObjects = '*/proof/';

export interface BusAuditorProps {
  readonly ledger: ITable;
  readonly operate: ITable;
  readonly raw: IBucket;
  readonly busLog: IBucket;
  /** The trail, in which deliveries and batches say what they published. */
  readonly audit: IBucket;
  readonly topic: ITopic;
  readonly stage: Stage;
  readonly code: Code;
}

/**
 * Proves by the bus log that what files, deliveries and batches claim to have published is on the bus. It shares no role with those
 * who publish, and can itself publish nothing: see docs/decisions/0038-proven-by-the-bus.md.
 */
export class BusAuditor extends Construct {
  readonly fn: LambdaFunction;

  constructor(scope: Construct, id: string, props: BusAuditorProps) {
    super(scope, id);
    const { ledger, operate, raw, busLog, audit, stage, code, topic } = props;
    const { fn, role } = new PlatformFunction(this, 'Auditor', {
      description: 'Compares what was claimed to be published with what is on the bus',
      service: 'bus-auditor',
      isRegistered: true,
      code,
      stage,
      timeout: Duration.seconds(limits.functionSecondsMax),
      memorySize: 1_769,
      statements: permissions(props),
      environment: {
        ...stageEnvironment(stage),
        LEDGER_TABLE: ledger.tableName,
        OPERATE_TABLE: operate.tableName,
        RAW_BUCKET: raw.bucketName,
        BUS_LOG_BUCKET: busLog.bucketName,
        AUDIT_BUCKET: audit.bucketName,
        QUEUES_URL: queuesUrl,
        RECEIPTS: JSON.stringify(stage.receipts),
      },
    });
    this.fn = fn;
    suppressRole(role, props);
    busAuditorAlarms(this, { fn, stage, topic });
    scheduledRun(this, 'ProveHourly', {
      ...{ name: `${stage.prefix}edge-prove-bus-${stage.name}`, fn, at: 'cron(45 * * * ? *)' },
      description: 'Compares what was claimed to be published with what is on the bus',
    });
  }
}

function permissions({ ledger, operate, raw, busLog, audit, stage }: BusAuditorProps): PolicyStatement[] {
  const arrivals = `${ledger.tableArn}/index/${handoffIndexes.arrival.name}`;
  const ofProofs = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['proof#*'] } };
  const ofOthers = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['decision#*', 'audit#*'] } };
  return [
    allow('FindHandoffs', ['dynamodb:Query'], arrivals),
    allow('ReadClaims', ['dynamodb:BatchGetItem', 'dynamodb:Query'], ledger.tableArn),
    onlyWhere(ofOthers, allow('ReadDecisionsAndHeads', ['dynamodb:GetItem'], operate.tableArn)),
    onlyWhere(ofProofs, allow('KeepProofs', ['dynamodb:GetItem', 'dynamodb:PutItem'], operate.tableArn)),
    listing('FindBusLog', busLog, busLogPrefix),
    allow('ReadBusLog', ['s3:GetObject'], objectsUnder(busLog, busLogPrefix)),
    listing('FindTrail', audit, recordsPrefix),
    allow('ReadTrail', ['s3:GetObject'], objectsUnder(audit, recordsPrefix)),
    listing('FindAnswers', raw, proofObjects),
    allow('SpeakToLanes', ['s3:GetObject', 's3:PutObject'], objectsUnder(raw, proofObjects)),
    allow('AskUnits', ['lambda:InvokeFunction'], ...entrances(stage).map(functionArn)),
    allow('AskLanes', ['sqs:SendMessage'], queueArn(workQueueName(stage, '*'))),
  ];
}

/** Of feeds and fences: the alias that takes questions alone. */
const entrances = (stage: Stage): readonly string[] =>
  [workFunctionName(stage, { id: '*', kind: 'cdc-feed' }), releaseFunctionName(stage, '*')].map(
    fn => `${fn}:${proofAlias}`,
  );

function suppressRole(role: Role, { raw, busLog, audit, stage }: BusAuditorProps): void {
  suppressObjects(role, {
    ...{ bucket: audit, prefix: recordsPrefix },
    reason:
      'The auditor reads the claims of all deliveries and batches; the star stands for day, integration and number.',
  });
  suppressObjects(role, {
    ...{ bucket: busLog, prefix: busLogPrefix },
    reason: 'The auditor reads all events; the star stands for hour and name of an object of the log.',
  });
  suppressObjects(role, {
    ...{ bucket: raw, prefix: proofObjects },
    reason: 'The first star stands for the lane, the second for a file and a chunk of it.',
  });
  for (const entrance of entrances(stage))
    suppressPattern(
      role,
      `arn:<AWS::Partition>:lambda:<AWS::Region>:<AWS::AccountId>:function:${entrance}`,
      'The star stands for an integration, whose function is made by another stack, which comes after this one.',
    );
  suppressQueues(role, workQueueName(stage, '*'));
}
