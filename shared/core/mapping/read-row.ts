import { type Fault, fault, faultKinds, type Place } from '../../contract/fault.ts';
import { type Columns, type Field, Refusal } from '../../contract/field.ts';
import { itemAt } from '../../contract/item-at.ts';
import { errorName, isPromise } from './author-code.ts';

export interface RowReading {
  /** Canonical values by column; those with a fault are missing. */
  readonly values: Readonly<Record<string, unknown>>;
  /** All faults of the row, so that a partner can fix them all at once. */
  readonly faults: readonly Fault[];
}

const none: readonly Fault[] = [];

/** Reads the fields of one record into the contract's columns. `columnsAt` holds each column's position in the record. */
export function rowReader(
  columns: Columns,
  columnsAt: readonly number[],
): (fields: readonly string[], at: Place) => RowReading {
  const readers = Object.entries(columns).map(([column, field], i) => ({
    column,
    field,
    at: itemAt(columnsAt, i, 'column'),
  }));
  return (fields, at) => {
    const values: Record<string, unknown> = {};
    let faults: Fault[] | undefined;
    for (const reader of readers) {
      const value = readSafely(reader.field, fields[reader.at] ?? '');
      if (value instanceof Refusal || value instanceof ReaderFailure) {
        faults ??= [];
        const place = { ...at, column: reader.column };
        faults.push(
          value instanceof Refusal
            ? refusedField(value, reader.field, place)
            : fault('MAPPING_FAILED', place, value.detail),
        );
      } else values[reader.column] = value;
    }
    return { values, faults: faults ?? none };
  };
}

/** Why a column's reader gave no value: the contract's mistake, not the partner's. */
class ReaderFailure {
  readonly detail: string;

  constructor(detail: string) {
    this.detail = detail;
  }
}

/** What a reader gives. One that throws, or gives nothing or a promise, fails this value alone. */
function readSafely(field: Field, raw: string): unknown {
  try {
    const value = field.read(raw);
    if (value === undefined) return new ReaderFailure('the column’s reader gave undefined');
    return isPromise(value) ? new ReaderFailure('the column’s reader gave a promise') : value;
  } catch (error) {
    return new ReaderFailure(`the column’s reader threw ${errorName(error)}`);
  }
}

/** A refusal as a fault of the row. Its remedy names the agreed form, unless the detail does. */
export const refusedField = ({ code, detail }: Refusal, field: Field | undefined, at: Place): Fault =>
  fault(
    code,
    at,
    detail,
    field && !detail.includes(field.form) ? `${faultKinds[code].remedy} Agreed: ${field.form}.` : undefined,
  );
