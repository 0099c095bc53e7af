import { type Field, Refusal } from '../../contract/field.ts';
import { epochSeconds } from './calendar.ts';
import { defineField, type FieldOptions } from './define-field.ts';
import { checkReaderOptions } from './reader-options.ts';
import { utcText } from './utc-text.ts';

const form = 'a time with its offset from UTC (RFC 3339), e.g. 2026-11-02T09:15:00+01:00';
const notATime = new Refusal('NOT_A_DATE', `agreed form: ${form}`);
const noSuchTime = new Refusal('NOT_A_DATE', 'there is no such day or hour');
const leapSecond = new Refusal('NOT_A_DATE', 'second 60 is a leap second, which UTC timestamps cannot carry');
const tooFine = new Refusal('NOT_A_DATE', 'a fraction of a second may have at most 9 digits');

const rfc3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** RFC 3339 with an offset, as UTC text; see `utcText` for its one spelling. */
export function instant(options: FieldOptions = {}): Field<string> {
  checkReaderOptions('instant', options);
  return defineField({ form, type: 'time', aliases: options.aliases, read: readInstant });
}

/** Digits are read where the pattern says that they stand: capturing them would cost three times as much. */
function readInstant(raw: string): string | Refusal {
  const text = raw.trim();
  if (!rfc3339.test(text)) return notATime;
  const second = pairAt(text, 17);
  if (second === 60) return leapSecond;
  const year = pairAt(text, 0) * 100 + pairAt(text, 2);
  const wall = epochSeconds(
    year,
    pairAt(text, 5),
    pairAt(text, 8),
    pairAt(text, 11),
    pairAt(text, 14),
    second,
  );
  if (wall === undefined) return noSuchTime;
  const fraction = fractionOf(text);
  if (fraction.length > 9) return tooFine;
  return utcText(wall - secondsAhead(text), fraction) ?? noSuchTime;
}

const pairAt = (text: string, at: number): number =>
  (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;

function fractionOf(text: string): string {
  if (text.charCodeAt(19) !== 46) return '';
  return text.slice(20, text.length - (isUtc(text) ? 1 : 6));
}

function secondsAhead(text: string): number {
  if (isUtc(text)) return 0;
  const end = text.length;
  const ahead = pairAt(text, end - 5) * 3_600 + pairAt(text, end - 2) * 60;
  return text.charCodeAt(end - 6) === 45 ? -ahead : ahead;
}

const isUtc = (text: string): boolean => {
  const last = text.charCodeAt(text.length - 1);
  return last === 90 || last === 122;
};
