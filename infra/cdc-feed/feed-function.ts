import { Duration } from 'aws-cdk-lib';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type Alias, type Code, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { workFunctionName } from '#shared/core/identity/resource-names.ts';
import { functionDefaults, liveEntrance, proofEntrance } from '../function-defaults.ts';
import { type FeedPermissionsProps, feedPermissions } from './feed-permissions.ts';
import { suppressFeedRole } from './feed-suppressions.ts';

/** A batch takes seconds; what takes longer waits for a bus in trouble, and does better to come again. */
const timeoutSeconds = 120;
/** CPU comes with memory: a whole core would be 1,769 MB, and the work waits for calls more than it computes. */
const memoryMegabytes = 1_024;

export interface FeedFunctionProps extends FeedPermissionsProps {
  readonly code: Code;
}

/** The function that makes events of a feed's changes, with a role of its own. */
export class FeedFunction extends Construct {
  readonly fn: LambdaFunction;
  /** By which it is called. */
  readonly live: Alias;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: FeedFunctionProps) {
    super(scope, id);
    const { feed, code, log, stage } = props;
    this.role = new Role(this, 'Role', {
      description: `What CDC feed ${feed.id} may do`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { feed: new PolicyDocument({ statements: feedPermissions(props) }) },
    });
    suppressFeedRole(this.role, props);
    this.fn = new LambdaFunction(this, 'Function', {
      functionName: workFunctionName(stage, feed),
      description: feed.purpose.slice(0, 256),
      ...functionDefaults(stage),
      code,
      role: this.role.withoutPolicyUpdates(),
      timeout: Duration.seconds(timeoutSeconds),
      memorySize: memoryMegabytes,
      logGroup: log,
      environment: environmentOf(props),
    });
    this.live = liveEntrance(this, this.fn, stage);
    proofEntrance(this, this.fn);
  }
}

const environmentOf = ({ feed: { id }, platform, changes }: FeedFunctionProps) => ({
  BUS_NAME: platform.bus.eventBusName,
  LEDGER_TABLE: platform.ledger.tableName,
  OPERATE_TABLE: platform.operate.tableName,
  RAW_BUCKET: platform.raw.bucketName,
  QUARANTINE_BUCKET: platform.quarantine.bucketName,
  CHANGES_QUEUE_URL: changes.queueUrl,
  POWERTOOLS_SERVICE_NAME: id,
  POWERTOOLS_LOG_LEVEL: 'INFO',
  NODE_OPTIONS: '--enable-source-maps',
});
