import { type ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { RestoredTable } from '../edge-config.ts';
import type { Stage } from '../stage.ts';

/**
 * A table of the platform: the stack's own, or one that was restored under another name and takes its place. See
 * docs/guides/recover.md.
 */
export function ownOrRestored(
  scope: Construct,
  { restored }: Stage,
  { table, own }: { readonly table: RestoredTable; readonly own: () => Table },
): ITable {
  const tableStreamArn = restored[table];
  if (tableStreamArn === undefined) return own();
  const tableArn = tableStreamArn.replace(/\/stream\/.*$/, '');
  return Table.fromTableAttributes(scope, 'Restored', { tableArn, tableStreamArn });
}
