import { type Field, type FieldType, Refusal } from '../../contract/field.ts';
import { anything, callback, choice, mapOf, maybe, type Shape, string, words } from '../../contract/shape.ts';
import { checkReaderOptions } from './reader-options.ts';

/** What every reader may be given besides its own rules. */
export interface FieldOptions {
  /** Other spellings of the header. */
  readonly aliases?: readonly string[] | undefined;
}

interface Reader<T> extends FieldOptions {
  /** What is accepted, in words that a partner reads. */
  readonly form: string;
  /** Reads text that is not blank. */
  readonly read: (raw: string) => T | Refusal;
  /** What the value is, so that it may be a version or have a control total. */
  readonly type?: FieldType | undefined;
  /** The least value that is let through, of a number. */
  readonly min?: number | string | undefined;
  readonly pii?: string | undefined;
  readonly codes?: Readonly<Record<string, string>>;
}

const shape: Shape = {
  form: words,
  read: callback,
  type: maybe(choice('integer', 'decimal', 'date', 'time')),
  min: maybe(anything),
  pii: maybe(string),
  codes: maybe(mapOf(string)),
};

/** Makes a field of a reader. Here, and only here, blank text becomes MISSING_VALUE. */
export function defineField<T>(reader: Reader<T>): Field<T> {
  checkReaderOptions('defineField', reader, shape);
  const { form, read, type, min, pii, codes, aliases } = reader;
  const missing = new Refusal('MISSING_VALUE', `a value is required: ${form}`);
  return Object.freeze({
    form,
    read: (raw: string) => (isBlank(raw) ? missing : read(raw)),
    ...(type && { type }),
    ...(min !== undefined && { min }),
    ...(pii && { pii }),
    ...(codes && { codes }),
    ...(aliases && { aliases }),
  });
}

/**
 * Empty, or nothing that can be seen: white space of any script (U+00A0, U+3000) and invisible characters (U+FEFF,
 * U+200B) alone.
 */
export const isBlank = (raw: string): boolean => raw.length === 0 || (mayBeBlank(raw) && invisible.test(raw));

const invisible = /^[\s\p{White_Space}\p{Cf}\p{Default_Ignorable_Code_Point}]*$/u;

/** Most values begin with a visible ASCII character; the pattern need not look at them. */
const mayBeBlank = (raw: string): boolean => {
  const first = raw.charCodeAt(0);
  return first <= 32 || first > 126;
};
