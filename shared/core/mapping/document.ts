import { type Field, Refusal } from '../../contract/field.ts';
import { type PersonalClass, personalClasses } from '../../contract/pii.ts';
import { callback, choice, maybe, words } from '../../contract/shape.ts';
import { defineField, type FieldOptions } from './define-field.ts';
import { checkReaderOptions } from './reader-options.ts';

interface DocumentOptions<T> extends FieldOptions {
  /** What is accepted, in words that a partner reads. */
  readonly form: string;
  /** Takes the object apart; a refusal, or undefined, is a document of another form. */
  readonly read: (document: Readonly<Record<string, unknown>>) => T | Refusal | undefined;
  readonly pii?: PersonalClass;
}

/** A JSON object in a column of its own. */
export function document<T>(options: DocumentOptions<T>): Field<T> {
  checkReaderOptions('document', options, {
    form: words,
    read: callback,
    pii: maybe(choice(...personalClasses)),
  });
  const { form, read, pii, aliases } = options;
  const unlike = new Refusal('WRONG_FORM', `agreed form: ${form}`);
  return defineField<T>({
    form,
    pii,
    aliases,
    read: raw => {
      const parsed = objectIn(raw);
      return (parsed && read(parsed)) ?? unlike;
    },
  });
}

function objectIn(raw: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(raw);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
