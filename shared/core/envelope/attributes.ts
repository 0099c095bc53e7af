/** Attributes as members of a JSON object, each ended by a comma. */
export function attributes(given: Readonly<Record<string, string>>): string {
  let members = '';
  for (const name in given) members += `"${name}":${JSON.stringify(given[name])},`;
  return members;
}
