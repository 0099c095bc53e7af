/**
 * Where a quarantined request or change is kept once it is processed: `<integration>/taken/<when>/<rest of its key>`. The time has points
 * for colons, which not every file system allows.
 */
export const takenKey = (integration: string, key: string, at: string): string =>
  `${integration}/taken/${at.replaceAll(':', '.')}/${key.slice(integration.length + 1)}`;

/** A stream may be named `taken`, but no shard has a name that looks like a time. */
export const isTaken = (integration: string, key: string): boolean =>
  /^taken\/\d{4}-\d\d-\d\dT/.test(key.slice(integration.length + 1));
