/** The delivery that an object of the archive holds: `<fence>/<yyyy>/<mm>/<dd>/<correlation id>.<hash>.json`. Undefined for another object. */
export function deliveryOfKey(fence: string, key: string): string | undefined {
  const name = key.slice(key.lastIndexOf('/') + 1);
  const [, id] = /^(.+)\.[0-9a-f]{16}\.json$/.exec(name) ?? [];
  return id?.startsWith(`${fence}.`) ? id : undefined;
}

/** Where deliveries of these days are archived, in the order of keys. ISO 8601 UTC. */
export function archivePrefixes(fence: string, since: string, until: string): readonly string[] {
  const prefixes: string[] = [];
  const end = Date.parse(`${until.slice(0, 10)}T00:00:00Z`);
  for (let day = Date.parse(`${since.slice(0, 10)}T00:00:00Z`); day <= end; day += 86_400_000)
    prefixes.push(`${fence}/${new Date(day).toISOString().slice(0, 10).replaceAll('-', '/')}/`);
  return prefixes;
}
