import { AttributeType, BillingMode, Table, type TableProps } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';

const pk = { name: 'pk', type: AttributeType.STRING };
const sk = { name: 'sk', type: AttributeType.STRING };

/** Hand-offs with their chunks and file claims (ledger), and row claims of the lanes that keep them (claims). */
export class LedgerTables extends Construct {
  readonly ledger: Table;
  readonly claims: Table;

  constructor(scope: Construct, id: string, { stage }: { readonly stage: Stage }) {
    super(scope, id);
    const kept: Omit<TableProps, 'partitionKey'> = {
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expiresAt',
      removalPolicy: stage.removalPolicy,
      deletionProtection: stage.protected,
    };
    this.ledger = new Table(this, 'Ledger', { ...kept, partitionKey: pk, sortKey: sk });
    this.claims = new Table(this, 'Claims', { ...kept, partitionKey: pk });
  }
}
