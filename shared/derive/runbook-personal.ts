import type { Columns } from '../contract/field.ts';
import { code } from './markdown.ts';

/** The personal data in the input. `unmasked` names where it is stored unmasked, besides the quarantine and the events. */
export function personalInWords(columns: Columns, unmasked: string): string {
  const personal = Object.entries(columns).filter(([, field]) => field.pii);
  if (personal.length === 0) return 'No personal data';
  return `Personal data: ${personal.map(([name, field]) => `${code(name)} (${field.pii})`).join(', ')}. Masked in logs. Stored unmasked in ${unmasked}, the quarantine and the events`;
}
