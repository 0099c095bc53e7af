import type { JsonObject } from './lossless-json.ts';
import { JsonNumber } from './lossless-json.ts';

/**
 * What a Debezium record says about its origin, by names without underscores and capitals: the same field is `change_lsn` in
 * an envelope, `__source_change_lsn` in a flattened record and `iodebeziumchangelsn` in a CloudEvent.
 */
export class SourceBlock {
  readonly #fields: ReadonlyMap<string, string>;

  constructor(fields: JsonObject) {
    const known: [string, string][] = [];
    for (const [name, value] of Object.entries(fields)) {
      const text = value instanceof JsonNumber ? value.text : value;
      if (text !== null && typeof text !== 'object') known.push([normal(name), String(text)]);
    }
    this.#fields = new Map(known);
  }

  /** Undefined when absent, null or empty. */
  text(name: string): string | undefined {
    return this.#fields.get(normal(name)) || undefined;
  }

  /** Those of the named fields that are there. */
  pick(names: readonly string[]): Readonly<Record<string, string>> {
    const found = names.map(name => [name, this.text(name)] as const);
    return Object.fromEntries(found.filter((pair): pair is [string, string] => pair[1] !== undefined));
  }

  get isSnapshot(): boolean {
    return (this.text('snapshot') ?? 'false').toLowerCase() !== 'false';
  }
}

const normal = (name: string): string => name.replaceAll('_', '').toLowerCase();
