/** A contract column and all the spellings of its header. */
export interface ColumnNames {
  readonly name: string;
  readonly spellings: readonly string[];
}

export const sameLetters = (column: ColumnNames, header: string): boolean =>
  column.spellings.some(name => name.length === header.length && name.toLowerCase() === header.toLowerCase());

const printableCharactersMax = 60;

/** A header as it may stand in a message: without control characters, and cut. */
export function printable(header: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced
  const clean = header.slice(0, printableCharactersMax).replace(/[\u0000-\u001f\u007f-\u009f]/g, '?');
  return header.length > printableCharactersMax ? `${clean}…` : clean;
}

export const quoted = (header: string): string => `"${printable(header)}"`;
