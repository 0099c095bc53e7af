/** Where in the page one is: the parts of the path, and the query. */
export interface Place {
  readonly parts: readonly string[];
  readonly query: Readonly<Record<string, string>>;
}

export const placeOf = ({
  pathname,
  search,
}: {
  readonly pathname: string;
  readonly search: string;
}): Place => ({
  parts: pathname.split('/').filter(Boolean).map(decoded),
  query: Object.fromEntries(new URLSearchParams(search)),
});

/** A percent sign that encodes nothing stays as it is. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a place; what is empty is left out. */
export function hrefOf(
  parts: readonly string[],
  query: Readonly<Record<string, string | undefined>> = {},
): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]));
  const search = new URLSearchParams(given).toString();
  return `/${parts.map(encodeURIComponent).join('/')}${search && `?${search}`}`;
}
