import type { Field } from '../../contract/field.ts';
import { isBlank } from './define-field.ts';

/** The same field, where blank text is null instead of MISSING_VALUE. */
export const optional = <T>(field: Field<T>): Field<T | null> =>
  Object.freeze({
    ...field,
    form: `${field.form}, or empty`,
    read: (raw: string) => (isBlank(raw) ? null : field.read(raw)),
    optional: true,
  });
