import { type Fault, fault, faultKinds, type Place } from '../../contract/fault.ts';
import { type Columns, type Field, Refusal } from '../../contract/field.ts';

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
  const readers = Object.entries(columns).map(([column, field], i) => ({ column, field, at: columnsAt[i]! }));
  return (fields, at) => {
    const values: Record<string, unknown> = {};
    let faults: Fault[] | undefined;
    for (const reader of readers) {
      const value = reader.field.read(fields[reader.at] ?? '');
      if (value instanceof Refusal) {
        faults ??= [];
        faults.push(refusedField(value, reader.field, { ...at, column: reader.column }));
      } else values[reader.column] = value;
    }
    return { values, faults: faults ?? none };
  };
}

/** A refusal as a fault of the row, with the agreed form as its remedy. */
export const refusedField = (refusal: Refusal, field: Field | undefined, at: Place): Fault =>
  fault(
    refusal.code,
    at,
    refusal.detail,
    field && `${faultKinds[refusal.code].remedy} Agreed: ${field.form}.`,
  );
