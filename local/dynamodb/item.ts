export type Item = Readonly<Record<string, AttributeValue>>;

/** An attribute value in DynamoDB's JSON. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly M: Readonly<Record<string, AttributeValue>> }
  | { readonly L: readonly AttributeValue[] };

/** Those of an item's attributes that are named and present, in the order of the names. */
export const partOf = (item: Item, names: readonly string[]): Item =>
  Object.fromEntries(
    names.flatMap(name => {
      const value = item[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
