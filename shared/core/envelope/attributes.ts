/** An envelope with further attributes, none of which it has already: members of a JSON object, each ended by a comma. */
export const withAttributes = (envelope: string, members: string): string =>
  `{${members}${envelope.slice(1)}`;

/** Attributes as `withAttributes` takes them. */
export function attributes(given: Readonly<Record<string, string>>): string {
  let members = '';
  for (const name in given) members += `"${name}":${JSON.stringify(given[name])},`;
  return members;
}
