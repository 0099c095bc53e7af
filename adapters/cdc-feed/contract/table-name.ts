/** Names of tables as a contract writes them; one `*` stands for any characters: `public.orders_*` for the partitions of a table. */

export const isPattern = (name: string): boolean => name.includes('*');

/** Finds what is declared for a table: under its own name, otherwise under the first pattern that matches. */
export function tableFinder<T>(declared: Readonly<Record<string, T>>): TableFinder<T> {
  const patterns = Object.entries(declared)
    .filter(([name]) => isPattern(name))
    .map(([name, value]) => ({ matches: matcherOf(name), value }));
  return {
    byName: name => (Object.hasOwn(declared, name) && !isPattern(name) ? declared[name] : undefined),
    byPattern: name => patterns.find(({ matches }) => matches(name))?.value,
  };
}

export interface TableFinder<T> {
  byName(name: string): T | undefined;
  byPattern(name: string): T | undefined;
}

/** Whether a table's name is the declared one, or matches its pattern. */
export function matcherOf(declared: string): (name: string) => boolean {
  if (!isPattern(declared)) return name => name === declared;
  const [before = '', after = ''] = declared.split('*');
  const least = before.length + after.length;
  return name => name.length >= least && name.startsWith(before) && name.endsWith(after);
}
