import { type Field, Refusal } from '#shared/contract/field.ts';

/** Texts that readers of personal data accept, two of a kind, which differ only at the end: what shows but a part of them is not personal. */
const personalTexts = [
  ...['a.person@example.com', 'b.person@example.com'],
  ...['+49 30 23125 101', '+49 30 23125 102'],
  ...['Ada Lovelace', 'Ada Lovelacf', 'AB', 'AC', 'A', 'B'],
  ...['10000001', '10000002', '11', '12', '1', '2'],
];

/** Texts that other readers accept. */
const texts = [
  ...[
    '1',
    '0',
    '1.00',
    'x',
    'X',
    'XX',
    'true',
    'false',
    'Y',
    'N',
    'J',
    '2026-01-01',
    '2026-01-01T00:00:00.000Z',
    '12:00:00',
  ],
  ...['DE', 'EUR', '3f2504e0-4f89-11d3-9a0c-0305e82c3301', 'AQID', '{}', '[]', ''],
];

/**
 * Other values of a personal column, at most two: neighbours, so that what shows a part that many people share is not personal, or else
 * known ones. None where the reader accepts neither.
 */
export function otherValues(read: Field, value: unknown): readonly unknown[] {
  const near = neighbours(value).flatMap(text => accepted(read, text));
  const known = personalTexts.flatMap(text => accepted(read, text));
  const others = [near, known].map(values => values.filter(isOtherThan(value)));
  return others.find(values => values.length > 0)?.slice(0, 2) ?? [];
}

/** A value as text with its last letter or digit replaced by the next; of an address the last before the `@`. */
function neighbours(value: unknown): readonly string[] {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  const [, start, last, end = ''] = /^([^@]*)([a-yA-Y0-8])([^a-yA-Y0-8@]*(?:@.*)?)$/s.exec(text) ?? [];
  return last === undefined ? [] : [`${start}${String.fromCharCode(last.charCodeAt(0) + 1)}${end}`];
}

/** A value that a column may have; undefined where its reader accepts no text that is known here. */
export function someValue(read: Field): unknown {
  const known = [...Object.keys(read.codes ?? {}), ...(read.pii ? personalTexts : []), ...texts];
  for (const text of known) for (const value of accepted(read, text)) return value;
  return undefined;
}

/** What a column may hold instead of a value, for a mapping that chooses by it: other codes, null, and another value. */
export function otherChoices(read: Field, value: unknown): readonly unknown[] {
  const codes = Object.keys(read.codes ?? {}).slice(0, codesTriedMax);
  const others = texts.flatMap(text => accepted(read, text)).filter(other => other !== null);
  const choices = [...[...codes, ''].flatMap(text => accepted(read, text)), others.find(isOtherThan(value))];
  return choices.filter(choice => choice !== undefined && isOtherThan(value)(choice));
}

const codesTriedMax = 50;

const isOtherThan =
  (value: unknown) =>
  (other: unknown): boolean =>
    JSON.stringify(other) !== JSON.stringify(value);

/** The value in a list, or none. */
export function accepted(read: Field, text: string): readonly unknown[] {
  try {
    const value = read.read(text);
    return value instanceof Refusal ? [] : [value];
  } catch {
    return [];
  }
}
