import { Duration } from 'aws-cdk-lib';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  type Alias,
  type Code,
  EventSourceMapping,
  Function as LambdaFunction,
  RecursiveLoop,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { limits } from '#shared/contract/limits.ts';
import { workFunctionName } from '#shared/core/identity/resource-names.ts';
import { functionDefaults, liveEntrance } from '../function-defaults.ts';
import { type LanePermissionsProps, lanePermissions } from './lane-permissions.ts';
import type { LaneProps } from './lane-props.ts';
import { suppressLaneRole } from './lane-suppressions.ts';

/** CPU comes with memory: 1,769 MB is one core. The work waits for calls more than it computes, so a part of one will do. */
const memoryMegabytes = 1_024;

export interface LaneFunctionProps extends Omit<LanePermissionsProps, 'log'>, LaneProps {
  readonly code: Code;
}

/** The function that works off a lane's queue, with its log and a role of its own. */
export class LaneFunction extends Construct {
  readonly fn: LambdaFunction;
  /** By which it is called. */
  readonly live: Alias;
  readonly log: LogGroup;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: LaneFunctionProps) {
    super(scope, id);
    const { lane, queues, stage, code, keys } = props;
    this.log = new LogGroup(this, 'Log', {
      retention: stage.logRetention,
      removalPolicy: stage.removalPolicy,
    });
    this.role = new Role(this, 'Role', {
      description: `What file lane ${lane.id} may do`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        lane: new PolicyDocument({ statements: lanePermissions({ ...props, log: this.log }) }),
      },
    });
    suppressLaneRole(this.role, props);
    this.fn = new LambdaFunction(this, 'Function', {
      functionName: workFunctionName(stage, lane),
      description: lane.purpose.slice(0, 256),
      ...functionDefaults(stage),
      code,
      role: this.role.withoutPolicyUpdates(),
      timeout: Duration.seconds(limits.functionSecondsMax),
      memorySize: memoryMegabytes,
      logGroup: this.log,
      // Chunks go round the lane's own queue; `limits.hopsMax` is the guard.
      recursiveLoop: RecursiveLoop.ALLOW,
      environment: {
        ...environmentOf(props),
        ...(keys && { SECRET_ID: keys.id }),
      },
    });
    this.live = liveEntrance(this, this.fn, stage);
    new EventSourceMapping(this, 'Work', {
      target: this.live,
      eventSourceArn: queues.work.queueArn,
      batchSize: 1,
      reportBatchItemFailures: true,
      maxConcurrency: lane.maxConcurrency,
    });
  }
}

const environmentOf = ({ lane, platform, queues }: LaneFunctionProps) => ({
  BUS_NAME: platform.bus.eventBusName,
  LEDGER_TABLE: platform.ledger.tableName,
  CLAIMS_TABLE: platform.claims.tableName,
  OPERATE_TABLE: platform.operate.tableName,
  INBOUND_BUCKET: platform.inbound.bucketName,
  RAW_BUCKET: platform.raw.bucketName,
  QUARANTINE_BUCKET: platform.quarantine.bucketName,
  LANE_QUEUE_URL: queues.work.queueUrl,
  DEAD_LETTERS_URL: queues.deadLetters.queueUrl,
  ROWS_QUEUE_URL: queues.rows.queueUrl,
  POWERTOOLS_SERVICE_NAME: lane.id,
  POWERTOOLS_LOG_LEVEL: 'INFO',
  NODE_OPTIONS: '--enable-source-maps',
});
