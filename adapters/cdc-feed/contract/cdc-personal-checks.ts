import { ContractError } from '#shared/contract/options.ts';
import type { CdcFeed } from './cdc-feed.ts';
import type { CapturedTable } from './cdc-table.ts';
import { type CanonicalRow, type Leak, personalColumns, personalLeaks } from './personal-leaks.ts';
import { otherChoices, someValue } from './personal-values.ts';

/**
 * A personal column reaches only properties that are tagged with `pii()`: untagged ones stand in logs, in `previous` and in catalogues
 * as if anyone might read them. Tried with rows that the columns' readers accept; a table that accepts none of them is held against
 * its samples in the tests.
 * @throws ContractError
 */
export function checkPersonal(where: string, { tables }: CdcFeed): void {
  for (const [name, captured] of Object.entries(tables))
    if (captured.kind === 'table') checkTable(`${where}: ${name}`, captured);
}

function checkTable(where: string, table: CapturedTable): void {
  if (personalColumns(table).length === 0) return;
  for (const row of possibleRows(table)) {
    const [leak] = personalLeaks(table, row);
    if (leak) throw new ContractError(`${where}: ${leakInWords(table, leak)}`);
  }
}

const leakInWords = ({ columns }: CapturedTable, { column, event, path }: Leak): string =>
  `column "${column}" is personal data (${columns[column]?.read.pii}) and reaches "${path}" of ${event.type}, which is not tagged; tag it with pii() in the event, or leave it out of the mapping`;

/** A row, and one for each other choice of a column: mappings choose by codes, flags and nulls. */
function possibleRows({ columns }: CapturedTable): readonly CanonicalRow[] {
  const row = Object.fromEntries(Object.entries(columns).map(([name, { read }]) => [name, someValue(read)]));
  const others = Object.entries(columns).flatMap(([name, { read }]) =>
    otherChoices(read, row[name]).map(value => ({ ...row, [name]: value })),
  );
  return [row, ...others];
}
