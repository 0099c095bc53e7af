import { type Field, Refusal } from '../../contract/field.ts';
import { requireThat } from '../../contract/require-that.ts';
import { mapOf, string } from '../../contract/shape.ts';
import { defineField, type FieldOptions } from './define-field.ts';
import { checkReaderOptions } from './reader-options.ts';

/** The partner's codes and what each means here. An unknown code is a fault: it is never passed on. */
export function oneOf<const M extends Readonly<Record<string, string>>>(
  codes: M,
  options: FieldOptions = {},
): Field<M[keyof M & string]> {
  mapOf(string).check('oneOf()', 'codes', codes);
  requireThat('oneOf()', Object.keys(codes).length > 0, 'codes must name at least one code');
  checkReaderOptions('oneOf', options);
  const { aliases } = options;
  const form = `one of ${Object.keys(codes).join(', ')}`;
  const unknown = new Refusal('UNKNOWN_CODE', `the value is not ${form}`);
  const meanings = new Map<string, M[keyof M & string]>(
    Object.entries(codes) as [string, M[keyof M & string]][],
  );
  return defineField({ form, codes, aliases, read: raw => meanings.get(raw) ?? unknown });
}
