/** JSON with sorted names: equal values give equal text. */
export function stableText(value: unknown): string {
  if (typeof value === 'string') return plain.test(value) ? `"${value}"` : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(stableText).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let text = '';
  for (const name of Object.keys(value).sort())
    text += `${text && ','}${stableText(name)}:${stableText((value as Record<string, unknown>)[name])}`;
  return `{${text}}`;
}

/** Printable ASCII without quote and backslash: JSON as it is. */
const plain = /^[ !#-[\]-~]*$/;
