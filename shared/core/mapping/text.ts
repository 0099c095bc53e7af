import { type Field, Refusal } from '../../contract/field.ts';
import { limits } from '../../contract/limits.ts';
import { type PersonalClass, personalClasses } from '../../contract/pii.ts';
import { choice, maybe, type Shape, whole, words } from '../../contract/shape.ts';
import { defineField, type FieldOptions } from './define-field.ts';
import { checkReaderOptions, pattern as regularExpression } from './reader-options.ts';

export interface TextOptions extends FieldOptions {
  /** UTF-16 code units, after white space around the text is taken off. */
  readonly max: number;
  /** Must match the whole text. */
  readonly pattern?: RegExp;
  /** The pattern in words; without it the pattern itself is shown to the partner. */
  readonly form?: string;
  readonly pii?: PersonalClass;
}

const shape: Shape = {
  max: whole(1, limits.recordBytesMax),
  pattern: maybe(regularExpression),
  form: maybe(words),
  pii: maybe(choice(...personalClasses)),
};

/** Text without the white space around it, so that `A1` and `A1 ` are one key. */
export function text(options: TextOptions): Field<string> {
  checkReaderOptions('text', options, shape);
  const { max, pattern, form, pii, aliases } = options;
  const whole = pattern && new RegExp(`^(?:${pattern.source})$`, pattern.flags.replace(/[gy]/g, ''));
  const words = form ?? (pattern ? `text like ${pattern.source}` : 'text');
  const agreed = `${words}, at most ${max} characters`;
  const tooLong = new Refusal('WRONG_FORM', `longer than agreed: ${agreed}`);
  const unlike = new Refusal('WRONG_FORM', `agreed form: ${agreed}`);
  const read = (raw: string) => {
    const value = raw.trim();
    if (value.length > max) return tooLong;
    return whole && !whole.test(value) ? unlike : value;
  };
  return defineField({ form: agreed, read, pii, aliases });
}
