import type { ColumnType } from '#adapters/cdc-feed/contract/cdc-source.ts';

/** A column of a table whose history is followed. */
export interface ColumnUnderTest {
  readonly name: string;
  /** Its type in the database's words. */
  readonly sql: string;
  readonly type: ColumnType;
  /** Texts that the database takes for values, both ends of the type's range among them. None is empty where null is allowed. */
  readonly values: readonly string[];
  readonly required?: true;
  /** What makes a value of such a text, given as a SQL expression. Default the text itself. */
  readonly make?: (text: string) => string;
  /** The canonical text as a SQL expression. Default a quoted text. */
  readonly restore?: (canonical: string) => string;
  /** What of the column is compared. Default the column. */
  readonly compare?: (column: string) => string;
}

/** A text in SQL. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
