import type { Dialect } from '../../contract/file-format.ts';

/**
 * Doubles each escape character in a quoted field that stands before neither a quote nor itself, so that csv-parse, which
 * drops an escape before any character, keeps it: `"C:\\temp"` is a path. PostgreSQL's COPY reads CSV in the same way.
 */
export function loneEscapesDoubled(
  record: string,
  { delimiter, quote, escape: escaping }: Pick<Dialect, 'delimiter' | 'quote' | 'escape'>,
): string {
  if (quote === false || escaping === quote || !record.includes(escaping)) return record;
  let kept = '';
  let inQuotes = false;
  for (let at = 0; at < record.length; at++) {
    const character = record.charAt(at);
    const next = record[at + 1];
    if (!inQuotes) inQuotes = character === quote && (at === 0 || record[at - 1] === delimiter);
    else if (character === quote) inQuotes = false;
    else if (character === escaping) {
      const escapes = next === quote || next === escaping;
      kept += escaping;
      if (escapes) at++;
      kept += escapes ? next : escaping;
      continue;
    }
    kept += character;
  }
  return kept;
}
