/**
 * The aggregate's id. One property: its text as it is. Several: joined by `/`, with `%` and `/` within them written `%25` and
 * `%2F`, so that no two aggregates share an id.
 */
export function aggregateIdOf(
  { aggregateId: properties }: { readonly aggregateId: readonly string[] },
  data: Readonly<Record<string, unknown>>,
): string {
  const parts = properties.map(property => String(data[property]));
  return parts.length > 1 ? parts.map(escaped).join('/') : parts.join('');
}

const escaped = (part: string): string =>
  part.includes('%') || part.includes('/') ? part.replaceAll('%', '%25').replaceAll('/', '%2F') : part;
