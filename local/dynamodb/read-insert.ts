import type { Item } from './item.ts';

/** One `INSERT` of PartiQL. */
export interface Insert {
  readonly table: string;
  readonly item: Item;
}

const form = /^INSERT INTO "([\w.-]+)" VALUE \{((?:'\w+': \?(?:, )?)+)\}$/;

/** Reads a statement whose values are all parameters. Undefined: it is none, or has another number of values. */
export function readInsert(statement: {
  readonly Statement?: unknown;
  readonly Parameters?: unknown;
}): Insert | undefined {
  const [, table, members] = form.exec(String(statement.Statement)) ?? [];
  if (table === undefined || members === undefined) return undefined;
  const names = [...members.matchAll(/'(\w+)'/g)].map(([, name = '']) => name);
  const values = Array.isArray(statement.Parameters) ? statement.Parameters : [];
  if (names.length !== values.length) return undefined;
  return { table, item: Object.fromEntries(names.map((name, n) => [name, values[n]])) };
}
