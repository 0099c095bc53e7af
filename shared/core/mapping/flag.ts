import { type Field, Refusal } from '../../contract/field.ts';
import { words } from '../../contract/shape.ts';
import { defineField, type FieldOptions } from './define-field.ts';
import { checkReaderOptions } from './reader-options.ts';

/** A yes or no, in the words agreed, e.g. `flag({ yes: 'J', no: 'N' })`. */
export function flag(options: FieldOptions & { yes: string; no: string }): Field<boolean> {
  checkReaderOptions('flag', options, { yes: words, no: words });
  const { yes, no, aliases } = options;
  const form = `${yes} or ${no}`;
  const unknown = new Refusal('UNKNOWN_CODE', `the value is not ${form}`);
  const read = (raw: string) => (raw === yes ? true : raw === no ? false : unknown);
  return defineField({ form, read, aliases });
}
