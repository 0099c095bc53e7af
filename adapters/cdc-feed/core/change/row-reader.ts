import type { ColumnType, Entity } from '../../contract/cdc-source.ts';
import type { Row, Value } from './change.ts';
import { type ColumnReader, columnReader, type Encodings } from './column.ts';
import { type Fields, schemaReader } from './connect-schema.ts';
import type { JsonObject } from './lossless-json.ts';
import { setOwn } from './own-property.ts';
import { plainValue } from './plain-value.ts';
import { refiner } from './refine.ts';
import type { IsUnavailable } from './unavailable.ts';
import { type Read, Unreadable } from './unreadable.ts';

export interface ReadRow {
  readonly row: Row;
  readonly unavailable: readonly string[];
}

/** Another image of the same row, and what it was read as. */
export interface Twin {
  readonly raw: JsonObject;
  readonly row: Row;
}

/** Reads every column of a row; those that the log does not carry are named, not read. */
export type RowReader = (raw: JsonObject, twin?: Twin) => Read<ReadRow>;

/** Readers of an entity's rows, each chosen once: by the contract alone, or by the schema that came with a record. */
export class RowReaders {
  /** For rows without a schema. */
  readonly bare: RowReader;
  readonly #entity: Entity;
  readonly #encodings: Encodings;
  readonly #isUnavailable: IsUnavailable;
  /** A table's fields are the same object in all its records. */
  readonly #bySchema = new WeakMap<Fields, RowReader>();

  constructor(entity: Entity, encodings: Encodings, isUnavailable: IsUnavailable = () => false) {
    this.#entity = entity;
    this.#encodings = encodings;
    this.#isUnavailable = isUnavailable;
    const readers = new Map(
      Object.entries(entity.columns).map(([name, type]) => [name, columnReader(type, encodings)]),
    );
    this.bare = rowReader(name => readers.get(name) ?? plainValue, isUnavailable);
  }

  of(fields: Fields | undefined): RowReader {
    if (!fields) return this.bare;
    const known = this.#bySchema.get(fields);
    if (known) return known;
    const readers = new Map([...fields].map(([name, field]) => [name, this.#fieldReader(name, field)]));
    const made = rowReader(name => readers.get(name) ?? notInSchema, this.#isUnavailable);
    this.#bySchema.set(fields, made);
    return made;
  }

  /** The schema decodes; the contract refines. Of a primitive without a semantic type the contract knows better what it means. */
  #fieldReader(name: string, field: JsonObject): ColumnReader {
    const declared = declaredType(this.#entity, name);
    if (!declared) return schemaReader(field);
    // Text of a schema is no base64; a double is one in the mode that the contract names.
    const decimals = field.type === 'string' ? 'string' : this.#encodings.decimals;
    if (isBare(field) || isElapsedTime(field, declared))
      return columnReader(declared, { ...this.#encodings, decimals });
    return refiner(schemaReader(field), declared);
  }
}

const declaredType = (entity: Entity, column: string): ColumnType | undefined =>
  Object.hasOwn(entity.columns, column) ? entity.columns[column] : undefined;

const primitives: ReadonlySet<unknown> = new Set([
  ...['boolean', 'int8', 'int16', 'int32', 'int64', 'float', 'float32', 'double', 'float64', 'string'],
]);

const isBare = (field: JsonObject): boolean => !field.name && primitives.has(field.type);

/** In `time.precision.mode=structured` MySQL's TIME is a duration; declared as a time it reads as it does in every other mode. */
const isElapsedTime = ({ name }: JsonObject, declared: ColumnType): boolean =>
  declared.kind === 'time' &&
  typeof name === 'string' &&
  name.startsWith('io.debezium.time.StructuredDuration');

const notInSchema: ColumnReader = () =>
  new Unreadable('a column that is not in the record’s schema', 'UNKNOWN_COLUMN_TYPE');

const rowReader =
  (readerOf: (name: string) => ColumnReader, isUnavailable: IsUnavailable): RowReader =>
  (raw, twin) => {
    const row: Record<string, Value> = {};
    const unavailable: string[] = [];
    for (const name of Object.keys(raw)) {
      const value = raw[name] ?? null;
      if (isUnavailable(value)) {
        unavailable.push(name);
        continue;
      }
      // Most of what an update did not change is the same text or number, and need not be read again.
      const known =
        twin && twin.raw[name] === value && Object.hasOwn(twin.row, name) ? twin.row[name] : undefined;
      const read = known !== undefined ? known : readerOf(name)(value);
      if (read instanceof Unreadable) return read.in(name);
      setOwn(row, name, read);
    }
    return { row, unavailable };
  };
