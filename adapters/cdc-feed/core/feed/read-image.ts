import { type Fault, fault, isFault } from '#shared/contract/fault.ts';
import { Refusal } from '#shared/contract/field.ts';
import { refusedField } from '#shared/core/mapping/read-row.ts';
import type { CapturedColumn, CapturedColumns } from '../../contract/cdc-table.ts';
import type { Change, Row } from '../change/change.ts';
import { Failed } from './attempt.ts';
import { canonicalText } from './canonical-text.ts';

/** The canonical values of a row, by column. */
export type Image = Readonly<Record<string, unknown>>;
export type ImageReading = { readonly image: Image } | { readonly faults: readonly Fault[] };
/** Another image of the same row, and what it was read as. */
export interface TwinImage {
  readonly row: Row;
  readonly image: Image;
}

export type ImageReader = (row: Row, unavailable: readonly string[], twin?: TwinImage) => ImageReading;

/** Reads the columns named of a row. All its faults are told, so that they can be corrected in one go. */
export function imageReader(columns: CapturedColumns, names: readonly string[]): ImageReader {
  const readers = names.map(name => ({ name, column: columns[name]! }));
  return (row, unavailable, twin) => {
    const image: Record<string, unknown> = {};
    let faults: Fault[] | undefined;
    for (const { name, column } of readers) {
      const isMissing = unavailable.length > 0 && unavailable.includes(name);
      const value = isMissing
        ? missing(name, column)
        : (readBefore(name, row, twin) ?? read(name, column, row));
      if (isFault(value)) faults = [...(faults ?? []), value];
      else image[name] = value;
    }
    return faults ? { faults } : { image };
  };
}

function read(name: string, column: CapturedColumn, row: Row): unknown {
  try {
    const value = column.read.read(canonicalText(row[name]));
    return value instanceof Refusal ? refusedField(value, column.read, { column: name }) : value;
  } catch (error) {
    return new Failed(error, 'the column’s reader', name).fault;
  }
}

/** What the twin's column was read as, where it holds the same. Never an object: a mapping may change those in place. */
function readBefore(name: string, row: Row, twin: TwinImage | undefined): unknown {
  if (!twin || twin.row[name] !== row[name]) return undefined;
  const value = twin.image[name];
  return typeof value === 'object' ? undefined : value;
}

const missing = (name: string, { unavailable }: CapturedColumn): Fault | undefined =>
  unavailable === 'omit'
    ? undefined
    : fault('UNAVAILABLE_VALUE', { column: name }, 'the log says only that the value is as it was');

/**
 * The row after a change, with what the log left out filled in from the row before where it is there: such a value did not
 * change. Names what is still not known.
 */
export function knownAfter({ after = {}, before = {}, unavailable }: Change): {
  readonly row: Row;
  readonly unavailable: readonly string[];
} {
  if (unavailable.length === 0) return { row: after, unavailable };
  const known = unavailable.filter(name => Object.hasOwn(before, name));
  const row = { ...after, ...Object.fromEntries(known.map(name => [name, before[name]!])) };
  return { row, unavailable: unavailable.filter(name => !known.includes(name)) };
}
