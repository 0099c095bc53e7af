/** How reports are written; RFC 4180 by default. */
export interface WriteDialect {
  readonly delimiter: string;
  /** Without quotes, delimiters and line ends in a field become spaces. */
  readonly quote: string | false;
  /** Stands before a quote in a field. Default: the quote itself. */
  readonly escape?: string;
  /** A first field that begins with one of these is quoted, so that its line is a record. */
  readonly comment?: string | undefined;
  readonly trailer?: { readonly startsWith: string } | undefined;
}

const rfc4180: WriteDialect = { delimiter: ',', quote: '"' };

/** One record as a line with its CRLF. Fields that need it are quoted, as is a lone empty field: a blank line is no record. */
export function csvLine(fields: readonly string[], dialect: WriteDialect = rfc4180): string {
  const { delimiter, quote } = dialect;
  if (fields.length === 1 && fields[0] === '' && quote !== false) return `${quote}${quote}\r\n`;
  const cells = fields.map((field, i) => written(field, dialect, i === 0 && isNoRecord(field, dialect)));
  return `${cells.join(delimiter)}\r\n`;
}

const isNoRecord = (first: string, { comment, trailer }: WriteDialect): boolean =>
  [comment, trailer?.startsWith].some(mark => mark !== undefined && first.startsWith(mark));

function written(
  field: string,
  { delimiter, quote, escape: escaping }: WriteDialect,
  mustQuote: boolean,
): string {
  const isPlain = !mustQuote && !field.includes(delimiter) && !/[\r\n]/.test(field);
  if (quote === false) return isPlain ? field : field.replaceAll(delimiter, ' ').replace(/[\r\n]+/g, ' ');
  if (isPlain && !field.includes(quote)) return field;
  return `${quote}${escaped(field, quote, escaping ?? quote)}${quote}`;
}

function escaped(field: string, quote: string, escaping: string): string {
  const whole = escaping === quote ? field : field.replaceAll(escaping, () => escaping + escaping);
  return whole.replaceAll(quote, () => escaping + quote);
}
