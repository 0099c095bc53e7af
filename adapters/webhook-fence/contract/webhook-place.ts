/** The name of a header in lower case. Several: names that the sender uses for the same thing; the first that is there counts. */
export type HeaderNames = string | readonly string[];

/** Where a value is in a request. `field` is a JSON pointer into the body, such as `/data/id`, or the name of a form's field. */
export type Place =
  | { readonly header: HeaderNames }
  | { readonly query: string }
  | { readonly field: string };

export const headerNames = (names: HeaderNames): readonly string[] => [names].flat();

/** A place in words, for refusals and pages. */
export function placeInWords(place: Place): string {
  if ('header' in place) return `the header ${headerNames(place.header).join(' or ')}`;
  return 'query' in place ? `the query's ${place.query}` : `the field ${place.field}`;
}
