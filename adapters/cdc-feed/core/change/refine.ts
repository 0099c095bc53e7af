import type { ColumnType } from '../../contract/cdc-source.ts';
import type { ColumnReader } from './column.ts';
import { exactDecimal } from './decimal.ts';
import { readInteger } from './scalar.ts';
import { readUuid } from './uuid.ts';

const epochs: Readonly<Record<string, string>> = {
  date: '1970-01-01',
  timestamp: '1970-01-01T00:00:00.000Z',
};

/** Adds to a value that the record's schema has decoded what only the contract knows about it. */
export function refiner(read: ColumnReader, declared: ColumnType): ColumnReader {
  const refine = refinement(declared);
  if (!refine) return read;
  return raw => {
    const value = read(raw);
    return typeof value === 'string' || typeof value === 'number' ? refine(value) : value;
  };
}

function refinement(
  declared: ColumnType,
): ((value: string | number) => ReturnType<ColumnReader>) | undefined {
  if (declared.kind === 'decimal') return value => exactDecimal(String(value), declared.scale);
  if (declared.kind === 'uuid') return value => readUuid(String(value), 'base64');
  if (declared.kind === 'integer') return value => readInteger(value, declared.unsigned);
  const epochIsNull = (declared.kind === 'date' || declared.kind === 'timestamp') && declared.epochIsNull;
  return epochIsNull ? value => (value === epochs[declared.kind] ? null : value) : undefined;
}
