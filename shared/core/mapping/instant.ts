import { type Field, Refusal } from '../../contract/field.ts';
import { isDay, isTime } from './calendar.ts';
import { defineField, type FieldOptions } from './define-field.ts';
import { utcText } from './utc-text.ts';

const form = 'a time with its offset from UTC (RFC 3339), e.g. 2026-11-02T09:15:00+01:00';
const notATime = new Refusal('NOT_A_DATE', `agreed form: ${form}`);
const noSuchDay = new Refusal('NOT_A_DATE', 'there is no such day or hour');
const leapSecond = new Refusal('NOT_A_DATE', 'second 60 is a leap second, which UTC timestamps cannot carry');
const tooFine = new Refusal('NOT_A_DATE', 'a fraction of a second may have at most 9 digits');

const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/** RFC 3339 with an offset, as UTC text; see `utcText` for its one spelling. */
export const instant = ({ aliases }: FieldOptions = {}): Field<string> =>
  defineField({ form, aliases, read: readInstant });

function readInstant(raw: string): string | Refusal {
  const parts = rfc3339.exec(raw.trim());
  if (!parts) return notATime;
  const [, year, month, day, hour, minute, second, fraction = '', sign, offsetHour = 0, offsetMinute = 0] =
    parts;
  if (+second! === 60) return leapSecond;
  if (!isDay(+year!, +month!, +day!) || !isTime(+hour!, +minute!, +second!)) return noSuchDay;
  if (!isTime(+offsetHour, +offsetMinute, 0)) return notATime;
  if (fraction.length > 9) return tooFine;
  const ahead = (+offsetHour * 60 + +offsetMinute) * (sign === '-' ? -1 : 1);
  const wall = Date.UTC(+year!, +month! - 1, +day!, +hour!, +minute!, +second!);
  return utcText(wall - ahead * 60_000, fraction) ?? noSuchDay;
}
