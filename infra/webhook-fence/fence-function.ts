import { Duration } from 'aws-cdk-lib';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  type Alias,
  type Code,
  type FunctionProps,
  Function as LambdaFunction,
} from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { WebhookFence } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import {
  receiveFunctionName,
  releaseFunctionName,
  workFunctionName,
} from '#shared/core/identity/resource-names.ts';
import { functionDefaults, liveEntrance, proofEntrance } from '../function-defaults.ts';
import type { Stage } from '../stage.ts';
import type { FencePart } from './fence-contracts.ts';
import { type FencePermissionsProps, fencePermissions } from './fence-permissions.ts';
import type { FenceProps } from './fence-props.ts';
import { drainSeconds } from './fence-queues.ts';
import { suppressFenceRole } from './fence-suppressions.ts';

/** API Gateway waits 30 s for an answer; the partner should get ours before that. */
const answerSeconds = 29;
const releaseSeconds = 900;

const does: Readonly<Record<FencePart, (fence: WebhookFence) => Partial<FunctionProps>>> = {
  receive: fence => ({
    description: fence.purpose.slice(0, 256),
    timeout: Duration.seconds(answerSeconds),
    // CPU comes with memory, and somebody waits while it starts.
    memorySize: 1_024,
    // A partner that floods us takes no executions of others.
    reservedConcurrentExecutions: fence.maxConcurrency,
  }),
  drain: fence => ({
    description: `Publishes deliveries of ${fence.id} that the bus did not take at first`,
    timeout: Duration.seconds(drainSeconds),
    memorySize: 512,
  }),
  release: fence => ({
    description: `For operators: releases rejects and reprocesses quarantined requests of ${fence.id}`,
    timeout: Duration.seconds(releaseSeconds),
    memorySize: 512,
  }),
};

export interface FenceFunctionProps extends FencePermissionsProps, FenceProps {
  readonly code: Code;
}

/** One of a fence's functions, with a role of its own. */
export class FenceFunction extends Construct {
  readonly fn: LambdaFunction;
  /** By which it is called. */
  readonly live: Alias;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: FenceFunctionProps) {
    super(scope, id);
    const { fence, part, code, stage } = props;
    this.role = new Role(this, 'Role', {
      description: `What the ${part} function of webhook fence ${fence.id} may do`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { fence: new PolicyDocument({ statements: fencePermissions(props) }) },
    });
    suppressFenceRole(this.role, props);
    this.fn = new LambdaFunction(this, 'Function', {
      ...functionDefaults(stage),
      code,
      role: this.role.withoutPolicyUpdates(),
      logGroup: props.log,
      environment: environmentOf(props),
      ...does[part](fence),
      functionName: nameOf[part](stage, fence),
    });
    this.live = liveEntrance(this, this.fn, stage);
    if (part === 'release') proofEntrance(this, this.fn);
  }
}

/** The platform's jobs must find all of them. */
const nameOf: Readonly<Record<FencePart, (stage: Stage, fence: WebhookFence) => string>> = {
  receive: (stage, { id }) => receiveFunctionName(stage, id),
  drain: workFunctionName,
  release: (stage, { id }) => releaseFunctionName(stage, id),
};

const environmentOf = ({ fence: { id }, platform, queues, keys }: FenceFunctionProps) => ({
  BUS_NAME: platform.bus.eventBusName,
  CLAIMS_TABLE: platform.claims.tableName,
  OPERATE_TABLE: platform.operate.tableName,
  RAW_BUCKET: platform.raw.bucketName,
  REJECTS_BUCKET: platform.rejects.bucketName,
  QUARANTINE_BUCKET: platform.quarantine.bucketName,
  SPILL_QUEUE_URL: queues.spill.queueUrl,
  DEAD_LETTERS_URL: queues.deadLetters.queueUrl,
  SECRET_ID: keys.id,
  POWERTOOLS_SERVICE_NAME: id,
  POWERTOOLS_LOG_LEVEL: 'INFO',
  NODE_OPTIONS: '--enable-source-maps',
});
