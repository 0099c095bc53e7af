import { type Field, Refusal } from '../../contract/field.ts';
import { defineField, type FieldOptions } from './define-field.ts';
import { isCountry } from './iso-3166.ts';

const form = 'a country of ISO 3166-1 in two capital letters, e.g. DE';
const unknown = new Refusal('UNKNOWN_CODE', `agreed form: ${form}`);

export const country = ({ aliases }: FieldOptions = {}): Field<string> =>
  defineField({ form, aliases, read: raw => (isCountry(raw) ? raw : unknown) });
