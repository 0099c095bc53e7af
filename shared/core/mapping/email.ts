import * as z from 'zod';
import { type Field, Refusal } from '../../contract/field.ts';
import { defineField, type FieldOptions } from './define-field.ts';
import { checkReaderOptions } from './reader-options.ts';

/** RFC 5321, section 4.5.3.1.3, less the angle brackets. */
const charactersMax = 254;
const form = 'an email address, e.g. name@example.com';
const unlike = new Refusal('WRONG_FORM', `agreed form: ${form}`);

/** An address as canonical events take it (zod's own pattern); case is kept. */
export function email(options: FieldOptions = {}): Field<string> {
  checkReaderOptions('email', options);
  return defineField({
    form,
    pii: 'email',
    aliases: options.aliases,
    read: raw => {
      const value = raw.trim();
      return value.length <= charactersMax && z.regexes.email.test(value) ? value : unlike;
    },
  });
}
