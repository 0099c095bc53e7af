import { type Field, Refusal } from '../../contract/field.ts';
import { defineField, type FieldOptions } from './define-field.ts';
import { checkReaderOptions } from './reader-options.ts';

const form = 'a telephone number: digits, spaces and + ( ) / . -, e.g. +49 30 23125 101';
const unlike = new Refusal('WRONG_FORM', `agreed form: ${form}`);
const number = /^\+?[\d ()/.-]{3,40}$/;

/**
 * A telephone number as written, without white space around it. It is not brought into E.164: without the country
 * that a local number is dialled from, that would be a guess.
 */
export function phone(options: FieldOptions = {}): Field<string> {
  checkReaderOptions('phone', options);
  return defineField({
    form,
    pii: 'phone',
    aliases: options.aliases,
    read: raw => {
      const value = raw.trim();
      return number.test(value) && /\d{2}/.test(value) ? value : unlike;
    },
  });
}
