import { type Json, JsonNumber, type JsonObject } from './lossless-json.ts';

/** Where a form keeps the source's field of a name; the first that is there counts. */
export type FieldNames = (name: string) => readonly string[];

/**
 * What a Debezium record says about its origin, whatever the form: the same field is `change_lsn` in an envelope,
 * `__source_change_lsn` in a flattened record and `iodebeziumchangelsn` in a CloudEvent.
 */
export class SourceBlock {
  readonly #fields: JsonObject;
  readonly #names: FieldNames;

  constructor(fields: JsonObject, names: FieldNames = name => [name]) {
    this.#fields = fields;
    this.#names = names;
  }

  /** The field as text; undefined when absent, null, empty or no scalar. */
  text(name: string): string | undefined {
    for (const candidate of this.#names(name)) {
      const text = Object.hasOwn(this.#fields, candidate) ? asText(this.#fields[candidate]!) : undefined;
      if (text) return text;
    }
    return undefined;
  }

  /** Those of the named fields that are there. */
  pick(names: readonly string[]): Readonly<Record<string, string>> {
    const found: Record<string, string> = {};
    for (const name of names) {
      const text = this.text(name);
      if (text !== undefined) found[name] = text;
    }
    return found;
  }

  get isSnapshot(): boolean {
    return (this.text('snapshot') ?? 'false').toLowerCase() !== 'false';
  }
}

function asText(value: Json): string | undefined {
  if (value instanceof JsonNumber) return value.text;
  return value === null || typeof value === 'object' ? undefined : String(value);
}
