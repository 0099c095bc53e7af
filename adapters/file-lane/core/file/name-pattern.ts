import { DateTime } from 'luxon';

/** One piece of a naming convention: literal text, or a placeholder with its braces. */
export interface NamePart {
  readonly text: string;
  readonly placeholder?: string;
}

/** The pieces of a convention such as `orders_{yyyyMMdd}.csv`, in order, in Unicode's composed form. */
export const namePartsOf = (convention: string): NamePart[] =>
  convention
    .normalize('NFC')
    .split(/(\{[^}]*\})/)
    .filter(text => text !== '')
    .map(text => (/^\{.*\}$/s.test(text) ? { text, placeholder: text.slice(1, -1) } : { text }));

/** What a part looks like in a name: for a placeholder, that many ASCII digits. */
export function partPattern(part: NamePart): string {
  if (part.placeholder === undefined) return part.text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  if (part.placeholder === 'digits') return '[0-9]+';
  return part.placeholder.replace(/[a-zA-Z]/g, '[0-9]');
}

export const isPeriod = (part: NamePart): part is Required<NamePart> =>
  part.placeholder !== undefined && part.placeholder !== 'digits';

/** Whether digits in the form of a period, e.g. `20260229` for `yyyyMMdd`, name a day or time that the calendar has. */
export function isRealPeriod(digits: string, form: string): boolean {
  const date = DateTime.fromFormat(digits, form, { zone: 'utc', locale: 'en' });
  // Written back, because luxon reads hour 24 as the next day.
  return date.isValid && date.year > 0 && date.toFormat(form, { locale: 'en' }) === digits;
}

/** Where a name first leaves the convention, and which part was expected there. */
export function firstDifference(parts: readonly NamePart[], name: string): { at: number; expected: string } {
  let at = 0;
  for (const part of parts) {
    const found = new RegExp(partPattern(part), 'y');
    found.lastIndex = at;
    if (!found.test(name)) return { at: at + sharedStart(part, name, at), expected: part.text };
    at = found.lastIndex;
  }
  return { at, expected: 'the end of the name' };
}

function sharedStart(part: NamePart, name: string, at: number): number {
  if (part.placeholder !== undefined) return 0;
  let length = 0;
  while (length < part.text.length && name[at + length] === part.text[length]) length++;
  return length;
}
