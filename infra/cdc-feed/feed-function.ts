import { Duration } from 'aws-cdk-lib';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type Code,
  Function as LambdaFunction,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import { acknowledgeFeedRole } from './feed-acknowledgements.ts';
import { type FeedMeans, feedPermissions } from './feed-permissions.ts';

/** A batch takes seconds; what takes longer waits for a bus in trouble, and does better to come again. */
const timeoutSeconds = 120;
/** CPU comes with memory: a whole core would be 1,769 MB, and the work waits for calls more than it computes. */
const memoryMegabytes = 1_024;

/** The function that makes events of a feed's changes, with a role of its own. */
export class FeedFunction extends Construct {
  readonly fn: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, feed: CdcFeed, means: FeedMeans, code: Code) {
    super(scope, id);
    this.role = new Role(this, 'Role', {
      description: `What CDC feed ${feed.id} may do`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { feed: new PolicyDocument({ statements: feedPermissions(feed, means) }) },
    });
    acknowledgeFeedRole(this.role, feed, means);
    this.fn = new LambdaFunction(this, 'Function', {
      description: feed.purpose.slice(0, 256),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code,
      role: this.role.withoutPolicyUpdates(),
      timeout: Duration.seconds(timeoutSeconds),
      memorySize: memoryMegabytes,
      logGroup: means.log,
      tracing: Tracing.ACTIVE,
      environment: environmentOf(feed, means),
    });
  }
}

const environmentOf = ({ id }: CdcFeed, { platform, changes }: FeedMeans) => ({
  BUS_NAME: platform.bus.eventBusName,
  LEDGER_TABLE: platform.ledger.tableName,
  RAW_BUCKET: platform.raw.bucketName,
  QUARANTINE_BUCKET: platform.quarantine.bucketName,
  CHANGES_QUEUE_URL: changes.queueUrl,
  POWERTOOLS_SERVICE_NAME: id,
  POWERTOOLS_LOG_LEVEL: 'INFO',
  NODE_OPTIONS: '--enable-source-maps',
});
