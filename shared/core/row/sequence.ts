/**
 * Versions and positions as text that compares in order. Instants (ISO 8601 UTC) become 14 digits and 9 of fraction,
 * numbers 20 digits.
 */
export function versionSequence(version: unknown): string {
  const text = String(version);
  const instant = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?Z$/.exec(text);
  if (instant) return instant.slice(1, 7).join('') + (instant[7] ?? '').padEnd(9, '0');
  return /^\d+$/.test(text) ? text.padStart(20, '0') : text;
}

/** A row without a version is ordered by when its file arrived, then by its place in the file. */
export function positionSequence(receivedAt: string): (record: number) => string {
  const received = versionSequence(receivedAt);
  return record => `${received}.${String(record).padStart(12, '0')}`;
}
