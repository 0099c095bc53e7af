import { type Fault, fault, type Place } from '#shared/contract/fault.ts';
import type { Columns } from '#shared/contract/field.ts';
import { columnNames, sameLetters } from './header-names.ts';

/** Finds a record that names the columns once more, as in files that were joined: it is no data. */
export function repeatedHeader(
  columns: Columns,
  columnsAt: readonly number[],
): (fields: readonly string[], at: Place) => Fault | undefined {
  const agreed = columnNames(columns);
  const isNamed = (fields: readonly string[], i: number) =>
    sameLetters(agreed[i]!, (fields[columnsAt[i]!] ?? '').trim());
  return (fields, at) =>
    isNamed(fields, 0) && agreed.every((_, i) => isNamed(fields, i))
      ? fault('REPEATED_HEADER', at, 'each field holds the name of its column')
      : undefined;
}
