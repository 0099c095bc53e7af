/**
 * The partner-readable name of one version of one thing: the parts that name it, then what tells the version, joined by `:`.
 * `%` and `:` in the parts are written `%25` and `%3A`, so that no two share a key; the version stands last, as it is.
 */
export function idempotencyKeyOf(parts: readonly string[], version: string): string {
  let key = '';
  for (const part of parts) key += `${escaped(part)}:`;
  return key + version;
}

const escaped = (part: string): string =>
  part.includes('%') || part.includes(':') ? part.replaceAll('%', '%25').replaceAll(':', '%3A') : part;
