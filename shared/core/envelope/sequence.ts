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

/** Digits of a sequencer in a sequence. S3 gives 16 to 18 today. */
const sequencerDigits = 32;

/** Where a file stands among files. */
export interface FilePosition {
  /** ISO 8601 UTC: when it arrived. */
  readonly receivedAt: string;
  /** S3's, hexadecimal. Without one a file counts as the first of its second. */
  readonly sequencer?: string | undefined;
  /** The period in its name, if it has one. */
  readonly period?: string | undefined;
}

/**
 * A row without a version is ordered by the period in its file's name, if it has one, then by when the file arrived (S3 tells
 * whole seconds) and by S3's sequencer, then by its place in the file: a late file of an older day does not outrank a newer day's,
 * and of two versions of one name in one second the newer one wins, wherever a row lies.
 */
export function positionSequence({
  receivedAt,
  sequencer = '',
  period,
}: FilePosition): (record: number) => string {
  const begins = period === undefined ? '' : `${period.replaceAll(/\D/g, '').padEnd(14, '0')}.`;
  const arrived = `${versionSequence(receivedAt)}.${sequencer.toUpperCase().padEnd(sequencerDigits, '0')}`;
  return record => `${begins}${arrived}.${String(record).padStart(12, '0')}`;
}
