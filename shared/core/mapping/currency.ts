import { type Field, Refusal } from '../../contract/field.ts';
import { defineField, type FieldOptions } from './define-field.ts';
import { minorUnitsOf } from './iso-4217.ts';
import { checkReaderOptions } from './reader-options.ts';

const form = 'a currency of ISO 4217 in three capital letters, e.g. EUR';
const unknown = new Refusal('UNKNOWN_CODE', `agreed form: ${form}`);

export function currency(options: FieldOptions = {}): Field<string> {
  checkReaderOptions('currency', options);
  return defineField({
    form,
    aliases: options.aliases,
    read: raw => (minorUnitsOf(raw) === undefined ? unknown : raw),
  });
}
