/**
 * A cell that no spreadsheet takes for a formula (https://owasp.org/www-community/attacks/CSV_Injection): an apostrophe
 * stands before a sign that begins one, its full-width twin, or white space before either. A plain number stays as it is: it
 * computes nothing, and the partner must get it back as it was sent. The JSON Lines keep every row as it came.
 */
export const harmlessCell = (cell: string): string =>
  mayBeFormula.test(cell) && !plainNumber.test(cell) ? `'${cell}` : cell;

const mayBeFormula = /^(?:[\t\r\n]|[\s\p{Cf}]*[=+\-@＝＋－＠﹢﹣﹦﹫])/u;
const plainNumber = /^[+-]\d[\d.,]*$/;
