/** A row of a file that was received: which record of which hand-off. */
export interface NamedRow {
  readonly handoffId: string;
  /** From 1. */
  readonly record: number;
}

/** Names a row for good. Begins with letters, so that no spreadsheet takes it for a number or a date. */
export const rowIdOf = ({ handoffId, record }: NamedRow): string => `${handoffId}#${record}`;

/** Undefined for what no row is called. */
export function rowNamedBy(id: string): NamedRow | undefined {
  const [, handoffId, record] = rowId.exec(id.trim()) ?? [];
  return handoffId === undefined ? undefined : { handoffId, record: Number(record) };
}

const rowId = /^([a-z][a-z\d-]*\.[\da-f]{40})#([1-9]\d{0,11})$/;
