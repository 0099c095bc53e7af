import type { FaultCode } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import { TOO_LONG, UNCLOSED } from './record-batch.ts';

/** Why a record has no fields; the reader adds the place. */
export interface RecordRefusal {
  readonly code: FaultCode;
  readonly detail: string;
}

const refusal = (code: FaultCode, detail: string): RecordRefusal => ({ code, detail });

const tooLong = refusal('RECORD_TOO_LONG', `the line is longer than ${limits.recordBytesMax} bytes`);
const unclosed = refusal(
  'UNCLOSED_QUOTE',
  'a quote opens on this line and does not close before the record must end',
);
const nul = refusal('NUL_BYTE', 'the record holds a NUL byte');
const encoding = refusal(
  'INVALID_ENCODING',
  'the record holds bytes that are no text, or the replacement character U+FFFD',
);

export const misplacedQuote = refusal(
  'MISPLACED_QUOTE',
  'a quote stands inside an unquoted field, or text follows a closing quote',
);

/** What the scanner found wrong with a record. */
export function refusedByScanner(flags: number): RecordRefusal | undefined {
  if ((flags & TOO_LONG) !== 0) return tooLong;
  return (flags & UNCLOSED) !== 0 ? unclosed : undefined;
}

/** What is wrong with a record's characters. */
export function refusedByText(record: string): RecordRefusal | undefined {
  if (record.includes('\0')) return nul;
  return record.includes('\uFFFD') ? encoding : undefined;
}

const utf8 = refusal(
  'INVALID_ENCODING',
  'the record is written in UTF-8, unlike the rest of the file; agreed is a single-byte encoding',
);

/**
 * What UTF-8 looks like when it is read as windows-1252: `Ã¼` for ü, `â€™` for ’, `â‚¬` for €. Only where each character
 * beyond ASCII is of such a pair or triple; other letters of UTF-8 cannot be told from real text (`à »` is French).
 */
const misread =
  /^[\0-\x7f]*(?:(?:[ÂÃ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\u0080-\u00bf‚„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â‚¬|â„¢)[\0-\x7f]*)+$/;

/** What is wrong with a record of a single-byte file that was written in UTF-8. */
export const refusedAsUtf8 = (record: string): RecordRefusal | undefined =>
  misread.test(record) ? utf8 : undefined;

/** What is wrong with the number of fields. */
export function refusedByWidth(found: number, width: number | undefined): RecordRefusal | undefined {
  if (found === width) return undefined;
  if (found > limits.columnsMax)
    return refusal('TOO_MANY_COLUMNS', `${found} columns; at most ${limits.columnsMax} are allowed`);
  if (width === undefined) return undefined;
  return refusal('RAGGED_ROW', `found ${found} fields; the record must have ${width}`);
}
