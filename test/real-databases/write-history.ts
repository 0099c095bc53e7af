import type { ColumnUnderTest } from './column-under-test.ts';
import type { Random } from './random.ts';

/** A row's values as text, in the order of the columns. */
export type TextRow = readonly (string | null)[];

/** How a database writes what a session does. */
export interface Dialect {
  readonly table: string;
  readonly literal: (column: ColumnUnderTest, text: string | null) => string;
  readonly pause: string;
  /** An insert that leaves a row that is there as it is. */
  readonly insert: (rows: readonly TextRow[]) => string;
  /** Many rows at once, by the database's own way: from a file. */
  readonly bulk: (rows: readonly TextRow[]) => string;
}

/** Rows that all sessions change. Each session loads rows in bulk under ids of its own. */
const sharedIds = 40;
const bulkRows = 25;

/** What one session of several does: transactions that are committed or rolled back, in part or as a whole. */
export function writeHistory(
  dialect: Dialect,
  columns: readonly ColumnUnderTest[],
  {
    session,
    transactions,
    random,
  }: { readonly session: number; readonly transactions: number; readonly random: Random },
): string {
  let bulkId = session * 100_000;
  const id = () => String(1 + random.below(sharedIds));
  const rowOf = (key: string) =>
    columns.map(column => (column.name === 'id' ? key : anyValue(column, random)));
  const where = () => `where id = ${id()}`;
  const statements: readonly (() => string)[] = [
    () => dialect.insert([rowOf(id())]),
    () => dialect.insert([rowOf(id()), rowOf(id())]),
    () => `update ${dialect.table} set ${assignments()} ${where()}`,
    () => `update ${dialect.table} set ${assignments()} ${where()}`,
    () => `update ${dialect.table} set ${assignments()} where id % 7 = ${random.below(7)}`,
    () => `update ${dialect.table} set id = ${id()} ${where()}`,
    () => `delete from ${dialect.table} ${where()}`,
    () => `delete from ${dialect.table} where id = ${session * 100_000 + random.below(200)}`,
    () => dialect.bulk(Array.from({ length: bulkRows }, () => rowOf(String(bulkId++)))),
  ];
  const assignments = () =>
    random
      .shuffled(columns.filter(({ name }) => name !== 'id'))
      .slice(0, 1 + random.below(4))
      .map(column => `${column.name} = ${dialect.literal(column, anyValue(column, random))}`)
      .join(', ');
  const statement = () => `${random.oneOf(statements)()};`;
  const inPart = () => ['savepoint s;', statement(), 'rollback to savepoint s;'];
  const transaction = () => [
    'begin;',
    ...Array.from({ length: 1 + random.below(5) }, () => [
      statement(),
      ...(random.chance(0.1) ? inPart() : []),
      ...(random.chance(0.3) ? [dialect.pause] : []),
    ]).flat(),
    random.chance(0.15) ? 'rollback;' : 'commit;',
  ];
  return Array.from({ length: transactions }, () => transaction().join('\n')).join('\n');
}

function anyValue({ values, required }: ColumnUnderTest, random: Random): string | null {
  return !required && random.chance(0.2) ? null : random.oneOf(values);
}
