import { type Field, Refusal } from '../../contract/field.ts';
import { defineField, type FieldOptions } from './define-field.ts';
import { isCountry } from './iso-3166.ts';
import { checkReaderOptions } from './reader-options.ts';

const form = 'a country of ISO 3166-1 in two capital letters, e.g. DE';
const unknown = new Refusal('UNKNOWN_CODE', `agreed form: ${form}`);

export function country(options: FieldOptions = {}): Field<string> {
  checkReaderOptions('country', options);
  return defineField({ form, aliases: options.aliases, read: raw => (isCountry(raw) ? raw : unknown) });
}
