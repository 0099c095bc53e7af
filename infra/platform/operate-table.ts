import { AttributeType, type ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import { keptTable } from './kept-table.ts';
import { ownOrRestored } from './own-or-restored.ts';

/** What operators and the platform's own jobs keep. The sort of an item is the first part of its `pk`, as in `plan#…`. */
export class OperateTable extends Construct {
  readonly table: ITable;

  constructor(scope: Construct, id: string, { stage }: { readonly stage: Stage }) {
    super(scope, id);
    this.table = ownOrRestored(this, stage, { table: 'operate', own: () => this.#own(stage) });
  }

  #own(stage: Stage): Table {
    return new Table(this, 'Table', {
      ...keptTable(stage),
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
    });
  }
}
