import { type Field, Refusal } from '../../contract/field.ts';
import { maybe, words } from '../../contract/shape.ts';
import { daySeconds } from './calendar.ts';
import { defineField, type FieldOptions } from './define-field.ts';
import { localFormat } from './local-format.ts';
import { checkReaderOptions } from './reader-options.ts';
import { dayText } from './utc-text.ts';

/** A day as `yyyy-MM-dd`, from the partner's format (luxon's numeric tokens; default `yyyy-MM-dd`). */
export function date(options: FieldOptions & { format?: string } = {}): Field<string> {
  checkReaderOptions('date', options, { format: maybe(words) });
  const { format = 'yyyy-MM-dd', aliases } = options;
  const form = `a date like ${format}`;
  const parse = localFormat(format);
  const notADate = new Refusal('NOT_A_DATE', `agreed form: ${form}`);
  const noSuchDay = new Refusal('NOT_A_DATE', 'there is no such day');
  const read = (raw: string) => {
    const wall = parse(raw.trim());
    if (wall === undefined) return notADate;
    return wall === 'impossible' ? noSuchDay : (dayText(Math.floor(wall.seconds / daySeconds)) ?? noSuchDay);
  };
  return defineField({ form, read, type: 'date', aliases });
}
