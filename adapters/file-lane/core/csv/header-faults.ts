import { type Fault, fault, type Place } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import { nearestOf } from '#shared/contract/options.ts';
import { type ColumnNames, quoted, sameLetters } from './header-names.ts';

/** What a lane's columns and the delimiter between them are called in its contract. */
export interface AgreedHeader {
  readonly columns: readonly ColumnNames[];
  readonly delimiter: string;
}

/** An agreed column, and the headers that can be meant by it. */
export interface ColumnMatch {
  readonly column: ColumnNames;
  readonly headers: readonly { readonly text: string; readonly at: number }[];
}

export function unreadableHeader(headers: readonly string[], place: Place): Fault | undefined {
  const has = (character: string) => headers.some(header => header.includes(character));
  if (has('\0')) return fault('WRONG_ENCODING', place, 'the header holds NUL bytes, as UTF-16 text does');
  if (has('\uFFFD'))
    return fault('WRONG_ENCODING', place, 'the header holds bytes that the agreed encoding does not have');
  if (headers.length <= limits.columnsMax) return undefined;
  const detail = `the header has ${headers.length} columns; at most ${limits.columnsMax} are allowed`;
  return fault('TOO_MANY_COLUMNS', place, detail);
}

const commonDelimiters = [',', ';', '\t', '|'];

/** A header of one field that another common delimiter splits into agreed names. */
export function wrongDelimiter(
  headers: readonly string[],
  { columns, delimiter }: AgreedHeader,
  place: Place,
): Fault | undefined {
  const [only = '', ...more] = headers;
  if (more.length > 0) return undefined;
  const isAgreed = (part: string) => columns.some(column => sameLetters(column, unquoted(part)));
  const used = commonDelimiters.find(other => only.includes(other) && only.split(other).some(isAgreed));
  if (used === undefined || used === delimiter) return undefined;
  return notTheAgreed(used, delimiter, place);
}

/**
 * A header that cannot be read with the agreed delimiter, such as `"a";"b"`, and can with another common one. `read` splits
 * it by the delimiter given.
 */
export function otherDelimiter(
  read: (delimiter: string) => readonly string[] | undefined,
  { columns, delimiter }: AgreedHeader,
  place: Place,
): Fault | undefined {
  const isAgreed = (header: string) => columns.some(column => sameLetters(column, header.trim()));
  const used = commonDelimiters.find(other => other !== delimiter && read(other)?.some(isAgreed));
  return used === undefined ? undefined : notTheAgreed(used, delimiter, place);
}

function notTheAgreed(used: string, delimiter: string, place: Place): Fault {
  const detail = `the header is separated by ${spoken(used)}; agreed is ${spoken(delimiter)}`;
  return fault('WRONG_DELIMITER', place, detail);
}

const unquoted = (part: string): string => part.trim().replace(/^"(.*)"$/, '$1');

const spoken = (delimiter: string): string => (delimiter === '\t' ? 'tabs' : `"${delimiter}"`);

export function ambiguousColumn(matches: readonly ColumnMatch[], place: Place): Fault | undefined {
  const ambiguous = matches.find(({ headers }) => headers.length > 1);
  if (!ambiguous) return undefined;
  const { name } = ambiguous.column;
  const list = listed(ambiguous.headers.map(({ text, at }) => `${quoted(text)} at position ${at + 1}`));
  return fault('DUPLICATE_COLUMN', { ...place, column: name }, `"${name}" stands in the header as ${list}`);
}

/**
 * Tells the header that came, but only where one of its fields is an agreed name or close to one: else the file may have no
 * header, and its first line may hold personal data.
 */
export function missingColumns(
  headers: readonly string[],
  matches: readonly ColumnMatch[],
  place: Place,
): Fault | undefined {
  const lacking = matches.filter(match => match.headers.length === 0).map(({ column }) => column);
  const [first] = lacking;
  if (!first) return undefined;
  const taken = new Set(matches.flatMap(match => match.headers.map(({ at }) => at)));
  const free = headers
    .filter((header, i) => header !== '' && !taken.has(i))
    .slice(0, candidatesMax)
    .map(header => header.slice(0, nameCharactersMax));
  const list = listed(lacking.map(column => described(column, free)));
  const came =
    taken.size > 0 || list.includes(suggestion)
      ? `it is ${listed(headers.map(quoted))}`
      : `none of its ${headers.length} fields is an agreed name: is it a header at all?`;
  return fault('MISSING_COLUMN', { ...place, column: first.name }, `the header lacks ${list}; ${came}`);
}

/** More unknown headers than this are not searched for a near spelling. */
const candidatesMax = 100;
/** Of a header, for its distance from a name. */
const nameCharactersMax = 100;
const listedMax = 20;

function listed(items: readonly string[]): string {
  const more = items.length - listedMax;
  return items.slice(0, listedMax).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

const suggestion = 'another spelling?';

function described({ name, spellings }: ColumnNames, free: readonly string[]): string {
  const nearest = spellings.map(spelling => nearestOf(spelling, free)).find(near => near !== undefined);
  return nearest === undefined ? `"${name}"` : `"${name}" (it has ${quoted(nearest)}: ${suggestion})`;
}
