import { BillingMode, StreamViewType, type TableProps } from 'aws-cdk-lib/aws-dynamodb';
import type { Stage } from '../stage.ts';

/** What all tables have in common. The audit trail is written from their streams. */
export const keptTable = (stage: Stage): Omit<TableProps, 'partitionKey'> => ({
  billingMode: BillingMode.PAY_PER_REQUEST,
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  timeToLiveAttribute: 'expiresAt',
  stream: StreamViewType.NEW_AND_OLD_IMAGES,
  removalPolicy: stage.removalPolicy,
  deletionProtection: stage.protected,
});
