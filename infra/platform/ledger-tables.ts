import { AttributeType, type ITable, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { handoffIndexes } from '#adapters/file-lane/core/outcome/handoff-indexes.ts';
import type { Stage } from '../stage.ts';
import { keptTable } from './kept-table.ts';
import { ownOrRestored } from './own-or-restored.ts';

const text = (name: string) => ({ name, type: AttributeType.STRING });
const pk = text('pk');
const sk = text('sk');

/** Hand-offs with their chunks and file claims (ledger), and row claims of the lanes that keep them (claims). */
export class LedgerTables extends Construct {
  readonly ledger: ITable;
  readonly claims: ITable;

  constructor(scope: Construct, id: string, { stage }: { readonly stage: Stage }) {
    super(scope, id);
    this.ledger = ownOrRestored(new Construct(this, 'LedgerPlace'), stage, {
      table: 'ledger',
      own: () => this.#ledger(stage),
    });
    this.claims = ownOrRestored(new Construct(this, 'ClaimsPlace'), stage, {
      table: 'claims',
      own: () => new Table(this, 'Claims', { ...keptTable(stage), partitionKey: pk }),
    });
  }

  #ledger(stage: Stage): Table {
    const ledger = new Table(this, 'Ledger', { ...keptTable(stage), partitionKey: pk, sortKey: sk });
    for (const { name, partition, sort } of Object.values(handoffIndexes))
      ledger.addGlobalSecondaryIndex({
        indexName: name,
        partitionKey: text(partition),
        sortKey: text(sort),
        projectionType: ProjectionType.KEYS_ONLY,
      });
    return ledger;
  }
}
