import { type Field, Refusal } from '#shared/contract/field.ts';

/** A table of texts and what a field makes of them: a value, or the code of its refusal. */
export function readings<T>(
  title: string,
  field: Field<T>,
  table: readonly (readonly [string, T | string])[],
) {
  describe(title, () => {
    it.each(table)('%j is %j', (raw, expected) => {
      const read = field.read(raw);
      expect(read instanceof Refusal ? read.code : read).toBe(expected);
    });
  });
}
