import type { Field } from '../../contract/field.ts';
import { requireThat } from '../../contract/require-that.ts';
import { isObject } from '../../contract/shape.ts';
import { isBlank } from './define-field.ts';

/** The same field, where blank text is null instead of MISSING_VALUE. */
export function optional<T>(field: Field<T>): Field<T | null> {
  const isReader = isObject(field) && typeof field.read === 'function';
  requireThat('optional()', isReader, 'the field must be a reader, e.g. optional(text({ max: 40 }))');
  return Object.freeze({
    ...field,
    form: `${field.form}, or empty`,
    read: (raw: string) => (isBlank(raw) ? null : field.read(raw)),
    optional: true,
  });
}
