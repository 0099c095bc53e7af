import { type Field, Refusal } from '../../contract/field.ts';
import { defineField, type FieldOptions } from './define-field.ts';

/** The partner's codes and what each means here. An unknown code is a fault: it is never passed on. */
export function oneOf<const M extends Readonly<Record<string, string>>>(
  codes: M,
  { aliases }: FieldOptions = {},
): Field<M[keyof M & string]> {
  const form = `one of ${Object.keys(codes).join(', ')}`;
  const unknown = new Refusal('UNKNOWN_CODE', `agreed codes: ${Object.keys(codes).join(', ')}`);
  const meanings = new Map<string, M[keyof M & string]>(
    Object.entries(codes) as [string, M[keyof M & string]][],
  );
  return defineField({ form, codes, aliases, read: raw => meanings.get(raw) ?? unknown });
}
