/** How reports are written; RFC 4180 by default. */
export interface WriteDialect {
  readonly delimiter: string;
  readonly quote: string;
}

const rfc4180: WriteDialect = { delimiter: ',', quote: '"' };

/** One record as a line with its CRLF. Fields that need it are quoted, as is a lone empty field: a blank line is no record. */
export function csvLine(fields: readonly string[], dialect: WriteDialect = rfc4180): string {
  const { delimiter, quote } = dialect;
  if (fields.length === 1 && fields[0] === '') return `${quote}${quote}\r\n`;
  return `${fields.map(field => written(field, dialect)).join(delimiter)}\r\n`;
}

function written(field: string, { delimiter, quote }: WriteDialect): string {
  const plain = !field.includes(delimiter) && !field.includes(quote) && !/[\r\n]/.test(field);
  return plain ? field : `${quote}${field.replaceAll(quote, () => quote + quote)}${quote}`;
}
