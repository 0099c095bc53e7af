/**
 * The aggregate's id. One property: its text as it is. Several: joined by `/`, with `%` and `/` within them written `%25` and
 * `%2F`, so that no two aggregates share an id.
 */
export function aggregateIdOf(
  { aggregateId: properties }: { readonly aggregateId: readonly string[] },
  data: Readonly<Record<string, unknown>>,
): string {
  const first = String(data[properties[0]!]);
  if (properties.length === 1) return first;
  let id = escaped(first);
  for (let i = 1; i < properties.length; i++) id += `/${escaped(String(data[properties[i]!]))}`;
  return id;
}

const escaped = (part: string): string =>
  part.includes('%') || part.includes('/') ? part.replaceAll('%', '%25').replaceAll('/', '%2F') : part;
