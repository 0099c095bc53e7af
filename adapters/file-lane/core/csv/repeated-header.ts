import { type Fault, fault, type Place } from '#shared/contract/fault.ts';
import type { Columns } from '#shared/contract/field.ts';
import { itemAt } from '#shared/contract/item-at.ts';
import { columnNames, sameLetters } from './header-names.ts';

/** Finds a record that names the columns once more, as in files that were joined: it is no data. */
export function repeatedHeader(
  columns: Columns,
  columnsAt: readonly number[],
): (fields: readonly string[], at: Place) => Fault | undefined {
  const agreed = columnNames(columns).map((names, i) => ({ names, at: itemAt(columnsAt, i, 'column') }));
  return (fields, at) =>
    agreed.every(column => sameLetters(column.names, (fields[column.at] ?? '').trim()))
      ? fault('REPEATED_HEADER', at, 'each field holds the name of its column')
      : undefined;
}
