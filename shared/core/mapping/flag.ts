import { type Field, Refusal } from '../../contract/field.ts';
import { defineField, type FieldOptions } from './define-field.ts';

/** A yes or no, in the words agreed, e.g. `flag({ yes: 'J', no: 'N' })`. */
export function flag({ yes, no, aliases }: FieldOptions & { yes: string; no: string }): Field<boolean> {
  const unknown = new Refusal('UNKNOWN_CODE', `agreed codes: ${yes}, ${no}`);
  const read = (raw: string) => (raw === yes ? true : raw === no ? false : unknown);
  return defineField({ form: `${yes} or ${no}`, read, aliases });
}
