import type { Value } from '../change/change.ts';

/** A column's value as the text that a field reads; see `CapturedColumn.read`. */
export function canonicalText(value: Value | undefined): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
