import { type Json, JsonNumber, type JsonObject } from './lossless-json.ts';

/** Where a form keeps the source's field of a name, if not under that name; the first that is there counts. */
export type FieldNames = (name: string) => readonly string[];

/** The change's place in its transaction, which the envelope keeps outside the block (`provide.transaction.metadata`). */
export const totalOrder = 'txtotalorder';

/**
 * What a Debezium record says about its origin, whatever the form: the same field is `change_lsn` in an envelope,
 * `__source_change_lsn` in a flattened record and `iodebeziumchangelsn` in a CloudEvent.
 */
export class SourceBlock {
  readonly #fields: JsonObject;
  readonly #names: FieldNames | undefined;

  constructor(fields: JsonObject, names?: FieldNames) {
    this.#fields = fields;
    this.#names = names;
  }

  /** The field as text; undefined when absent, null, empty or no scalar. */
  text(name: string): string | undefined {
    if (!this.#names) return this.#textAt(name);
    for (const candidate of this.#names(name)) {
      const text = this.#textAt(candidate);
      if (text) return text;
    }
    return undefined;
  }

  #textAt(name: string): string | undefined {
    return (Object.hasOwn(this.#fields, name) && asText(this.#fields[name] ?? null)) || undefined;
  }

  get isSnapshot(): boolean {
    return (this.text('snapshot') ?? 'false').toLowerCase() !== 'false';
  }
}

function asText(value: Json): string | undefined {
  if (value instanceof JsonNumber) return value.text;
  return value === null || typeof value === 'object' ? undefined : String(value);
}
