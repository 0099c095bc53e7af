/**
 * A cell that no spreadsheet takes for a formula (https://owasp.org/www-community/attacks/CSV_Injection): an apostrophe
 * stands before a sign that begins one, its full-width twin, or white space before either. The same within the cell after what another
 * country's spreadsheet takes for the end of a cell: `a;=1+1`. A plain number stays as it is: it computes nothing, and the partner
 * must get it back as it was sent. The JSON Lines keep every row as it came.
 */
export const harmlessCell = (cell: string): string =>
  cell.replace(parts, part => (isFormula(part) ? `'${part}` : part));

/** The cell without the apostrophes that `harmlessCell` sets. One that the partner itself had before a formula goes, too. */
export const restoredCell = (cell: string): string =>
  cell.replace(markedParts, (marked: string, end: string, part: string) =>
    isFormula(part) ? end + part : marked,
  );

const isFormula = (part: string): boolean => mayBeFormula.test(part) && !plainNumber.test(part);

/** What is between two ends of cells. A tab that begins the cell belongs to its first part. */
const parts = /(?:^\t)?[^;,|\t]+/g;
const markedParts = /(^|[;,|\t])'(\t?[^;,|\t]*)/g;
const mayBeFormula = /^(?:[\t\r\n]|[\s\p{Cf}]*[=+\-@＝＋－＠﹢﹣﹦﹫])/u;
const plainNumber = /^[+-]\d[\d.,]*$/;
