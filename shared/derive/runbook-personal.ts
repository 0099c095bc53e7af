import type { Columns } from '../contract/field.ts';
import { code } from './markdown.ts';

/** What is personal in the input. `whole` names where it stands unmasked, besides the quarantine and the events. */
export function personalInWords(columns: Columns, whole: string): string {
  const personal = Object.entries(columns).filter(([, field]) => field.pii);
  if (personal.length === 0) return 'No personal data';
  return `Personal data: ${personal.map(([name, field]) => `${code(name)} (${field.pii})`).join(', ')}. Masked in logs; whole in ${whole}, the quarantine and the events`;
}
