import type { Dialect } from '../../contract/file-format.ts';

/** Splits one record that holds quotes. Undefined for what is not plain: that is left to csv-parse, the authority. */
export type QuotedSplitter = (record: string) => string[] | undefined;

/**
 * Takes records in which fields are quoted whole and hold no quote themselves; in these all parsers agree. A doubled quote,
 * or a quote out of place, is not plain.
 */
export function quotedSplitter(dialect: Pick<Dialect, 'delimiter' | 'quote' | 'escape'>): QuotedSplitter {
  const { delimiter, quote, escape: escaping } = dialect;
  if (quote === false) return record => record.split(delimiter);
  if (escaping === quote) return record => splitQuoted(record, delimiter, quote);
  return record => (record.includes(escaping) ? undefined : splitQuoted(record, delimiter, quote));
}

function splitQuoted(record: string, delimiter: string, quote: string): string[] | undefined {
  const delimiterCode = delimiter.charCodeAt(0);
  const fields: string[] = [];
  let at = 0;
  let nextQuote = record.indexOf(quote);
  for (;;) {
    let end: number;
    if (nextQuote === at) {
      const close = record.indexOf(quote, at + 1);
      end = close + 1;
      const whole = close > 0 && (end === record.length || record.charCodeAt(end) === delimiterCode);
      if (!whole) return undefined;
      fields.push(record.slice(at + 1, close));
      nextQuote = record.indexOf(quote, end);
    } else {
      const found = record.indexOf(delimiter, at);
      end = found < 0 ? record.length : found;
      if (nextQuote >= 0 && nextQuote < end) return undefined;
      fields.push(record.slice(at, end));
    }
    if (end >= record.length) return fields;
    at = end + 1;
  }
}
