/**
 * Whether `cell` is what a spreadsheet makes of `original` when it opens a CSV file and saves it again, though nobody changed the
 * cell: leading zeros dropped, dates and numbers written as its country writes them, long numbers rounded, letters lost that its
 * encoding lacks.
 */
export const isRewriteOf = (cell: string, original: string): boolean =>
  rewrites.some(isRewrite => isRewrite(cell.trim(), original.trim()));

/** Line ends, no-break spaces and repeated blanks are one blank. */
const spaced = (text: string): string => text.replace(/\s+/g, ' ');

interface Digits {
  readonly negative: boolean;
  /** Without leading zeros, and without zeros at the end behind the point. */
  readonly whole: string;
  readonly fraction: string;
}

/** The ways to read a number: with a point, with a comma, and with signs between thousands. */
function numbersIn(text: string): readonly Digits[] {
  const [, sign = '', body = ''] = /^([+-]?)(\d[\d.,\u00a0\u202f ’']*)$/.exec(text) ?? [];
  if (body === '') return [];
  const grouped = body.replace(/(?<=\d)[\u00a0\u202f ’'](?=\d{3})/g, '');
  const readings = [/^(\d+)(?:\.(\d*))?$/, /^(\d+)(?:,(\d*))?$/].map(form => form.exec(grouped));
  const thousands = [
    [/^\d{1,3}(,\d{3})+(\.\d*)?$/, ','],
    [/^\d{1,3}(\.\d{3})+(,\d*)?$/, '.'],
  ] as const;
  const split = thousands.flatMap(([form, mark]) =>
    form.test(grouped) ? [/^(\d+)(?:[.,](\d*))?$/.exec(grouped.replaceAll(mark, ''))] : [],
  );
  return [...readings, ...split].flatMap(found =>
    found
      ? [
          {
            negative: sign === '-',
            whole: (found[1] ?? '').replace(/^0+/, ''),
            fraction: (found[2] ?? '').replace(/0+$/, ''),
          },
        ]
      : [],
  );
}

function isSameNumber(cell: string, original: string): boolean {
  const [plain] = numbersIn(original);
  if (!plain) return false;
  return numbersIn(original).some(a =>
    numbersIn(cell).some(b => a.whole === b.whole && a.fraction === b.fraction && a.negative === b.negative),
  );
}

/** `1.23457E+15`, and long numbers whose digits from the sixteenth on are zeros. */
function isRounded(cell: string, original: string): boolean {
  if (!/^[+-]?\d{11,}$/.test(original)) return false;
  const digits = original.replace(/^[+-]?0*/, '');
  const zeroed =
    digits.length > 15 && digits.slice(0, 15).padEnd(digits.length, '0') === cell.replace(/^[+-]?0*/, '');
  return zeroed || isScientificOf(cell, digits);
}

function isScientificOf(cell: string, digits: string): boolean {
  const [, first = '', more = '', exponent = ''] = scientific.exec(cell) ?? [];
  if (first === '' || Number(exponent) !== digits.length - 1) return false;
  const kept = first + more;
  const rounded = BigInt(digits) + 5n * 10n ** BigInt(Math.max(0, digits.length - kept.length - 1));
  return kept.replace(/0+$/, '') === String(rounded).slice(0, kept.length).replace(/0+$/, '');
}

const scientific = /^[+-]?(\d)(?:[.,](\d+))?E\+?(\d{1,3})$/i;

/** A number that a spreadsheet shortened: its last digits are lost. */
export const isScientific = (cell: string): boolean => scientific.test(cell.trim());

/** Both are days, times included, of the same numbers in another order or with other signs between. Seconds may be dropped. */
function isSameDay(cell: string, original: string): boolean {
  const [a, b] = [dayIn(cell), dayIn(original)];
  if (!a || !b || a.length < 3 || b.length < 3) return false;
  return dayKey(a) === dayKey(b) && timeKey(a) === timeKey(b) && (a[5] ?? b[5]) === (b[5] ?? a[5]);
}

function dayIn(text: string): readonly number[] | undefined {
  const compact = /^(\d{4})(\d\d)(\d\d)$/.exec(text);
  if (compact) return compact.slice(1).map(Number);
  const isDay = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ]\d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?)?$/i.test(text);
  if (!isDay) return undefined;
  const numbers = (text.match(/\d+/g) ?? []).map(Number);
  const [year, month, day, hour = 0, ...rest] = numbers as [number, number, number, ...number[]];
  const isHalf = /[AP]M$/i.test(text);
  const ofDay = isHalf ? (hour % 12) + (/PM$/i.test(text) ? 12 : 0) : hour;
  return numbers.length > 3 ? [year, month, day, ofDay, ...rest] : numbers;
}

/** Years may have lost their century. */
const dayKey = (numbers: readonly number[]): string =>
  numbers
    .slice(0, 3)
    .map(number => number % 100)
    .sort((a, b) => a - b)
    .join('-');

const timeKey = ([, , , hour = 0, minute = 0]: readonly number[]): string => `${hour}:${minute}`;

/** `3-4` or `1/2026` became a date: `03. Apr`, `Jan 26`. */
const isMadeDate = (cell: string, original: string): boolean =>
  /^\d{1,2}[-/.]\d{1,4}$/.test(original) &&
  /\p{L}{3}/u.test(cell) &&
  (cell.match(/\d+/g) ?? []).every(number =>
    (original.match(/\d+/g) ?? []).some(other => Number(other) % 100 === Number(number) % 100),
  );

/** `?` stands where the encoding of the spreadsheet lacks a letter. */
function isUnwritable(cell: string, original: string): boolean {
  const [was, is] = [[...original], [...cell]];
  if (was.length !== is.length || !cell.includes('?') || cell === original) return false;
  return was.every((letter, i) => letter === is[i] || (is[i] === '?' && (letter.codePointAt(0) ?? 0) > 0x7f));
}

const rewrites: readonly ((cell: string, original: string) => boolean)[] = [
  (cell, original) => spaced(cell) === spaced(original),
  (cell, original) => /^(true|false)$/i.test(original) && cell.toLowerCase() === original.toLowerCase(),
  isSameNumber,
  isRounded,
  isSameDay,
  isMadeDate,
  isUnwritable,
];
