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

/**
 * A row without a version is ordered by the period in its file's name, if it has one, then by when the file arrived, then by
 * its place in the file: a late file of an older day does not outrank a newer day's.
 */
export function positionSequence(receivedAt: string, period?: string): (record: number) => string {
  const begins = period === undefined ? '' : `${period.replaceAll(/\D/g, '').padEnd(14, '0')}.`;
  const received = begins + versionSequence(receivedAt);
  return record => `${received}.${String(record).padStart(12, '0')}`;
}
