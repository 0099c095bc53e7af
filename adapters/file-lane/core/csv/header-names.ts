import type { Columns } from '#shared/contract/field.ts';

/** A contract column and all the spellings of its header. */
export interface ColumnNames {
  readonly name: string;
  readonly spellings: readonly string[];
}

export const columnNames = (columns: Columns): readonly ColumnNames[] =>
  Object.entries(columns).map(([name, { aliases = [] }]) => ({ name, spellings: [name, ...aliases] }));

export const sameLetters = (column: ColumnNames, header: string): boolean =>
  column.spellings.some(name => name.length === header.length && name.toLowerCase() === header.toLowerCase());

const printableCharactersMax = 60;
const writtenOutCharactersMax = 120;

/** A header as it may stand in a message: cut, and what cannot be seen written out, e.g. `unit<U+00A0>price`. */
export function printable(header: string): string {
  const shown = header.slice(0, printableCharactersMax).replace(unseenIn(header), codePoint);
  const isCut = header.length > printableCharactersMax || shown.length > writtenOutCharactersMax;
  return isCut ? `${shown.slice(0, writtenOutCharactersMax)}…` : shown;
}

/** Accents that stand alone are shown only where the text is not composed: else they belong to its script. */
const unseenIn = (header: string): RegExp => (header === header.normalize('NFC') ? unseen : unseenOrApart);

const unseen = /(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/gu;
const unseenOrApart = /(?! )[\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}]/gu;

const codePoint = (character: string): string =>
  `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`;

export const quoted = (header: string): string => `"${printable(header)}"`;
