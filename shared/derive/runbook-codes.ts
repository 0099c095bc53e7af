import type { Columns } from '../contract/field.ts';
import { code, table } from './markdown.ts';

/** The partner's codes and what each means here. `unit` is what an unknown code quarantines. */
export function codeTable(columns: Columns, unit: string): string {
  const rows = Object.entries(columns).flatMap(([column, { codes }]) =>
    Object.entries(codes ?? {}).map(([theirs, ours]) => [code(column), code(theirs), ours]),
  );
  if (rows.length === 0) return 'None: the partner sends no codes.';
  return `${table(['column', 'code', 'means'], rows)}\n\nAny other code quarantines ${unit} as UNKNOWN_CODE.`;
}
