import { type ColumnUnderTest, quoted } from './column-under-test.ts';
import type { MirrorRow } from './mirror.ts';

/** SQL that writes a consumer's rows into the mirror table, in statements of some rows each. */
export function insertsOf(columns: readonly ColumnUnderTest[], rows: readonly MirrorRow[]): string[] {
  const names = columns.map(({ name }) => name).join(', ');
  const restored = rows.map(row => `(${columns.map(column => restoredValue(column, row)).join(', ')})`);
  return chunks(restored, 20).map(values => `insert into mirror (${names}) values ${values.join(', ')};`);
}

function restoredValue({ name, required, restore = quoted }: ColumnUnderTest, row: MirrorRow): string {
  const canonical = row[name] ?? '';
  return canonical === '' && !required ? 'null' : restore(canonical);
}

/** SQL that names every value that a table and its mirror do not share; the database itself compares them. */
export function differencesIn(
  table: string,
  columns: readonly ColumnUnderTest[],
  differs: (one: string, other: string) => string,
): string {
  const missing = (one: string, other: string) =>
    `select id, 'only in ${one}', '', '' from ${one} where id not in (select id from ${other})`;
  const unlike = columns.map(({ name, compare = column => column }) => {
    const [one, other] = [compare(`held.${name}`), compare(`copy.${name}`)];
    return `select held.id, '${name}', left(cast(held.${name} as char(60)), 60), left(cast(copy.${name} as char(60)), 60) from ${table} held join mirror copy on held.id = copy.id where ${differs(one, other)}`;
  });
  return [missing(table, 'mirror'), missing('mirror', table), ...unlike].join(' union all ');
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
