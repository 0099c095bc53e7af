import { AttributeType, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { handoffIndexes } from '#adapters/file-lane/core/outcome/handoff-indexes.ts';
import type { Stage } from '../stage.ts';
import { keptTable } from './kept-table.ts';

const text = (name: string) => ({ name, type: AttributeType.STRING });
const pk = text('pk');
const sk = text('sk');

/** Hand-offs with their chunks and file claims (ledger), and row claims of the lanes that keep them (claims). */
export class LedgerTables extends Construct {
  readonly ledger: Table;
  readonly claims: Table;

  constructor(scope: Construct, id: string, { stage }: { readonly stage: Stage }) {
    super(scope, id);
    const kept = keptTable(stage);
    this.ledger = new Table(this, 'Ledger', { ...kept, partitionKey: pk, sortKey: sk });
    for (const { name, partition, sort } of Object.values(handoffIndexes))
      this.ledger.addGlobalSecondaryIndex({
        indexName: name,
        partitionKey: text(partition),
        sortKey: text(sort),
        projectionType: ProjectionType.KEYS_ONLY,
      });
    this.claims = new Table(this, 'Claims', { ...kept, partitionKey: pk });
  }
}
