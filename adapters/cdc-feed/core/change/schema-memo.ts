import { isObject, type Json, type JsonObject } from './lossless-json.ts';

interface Known {
  /** `{"schema":…,"payload":`, byte for byte. */
  readonly prefix: Buffer;
  readonly schema: JsonObject;
}

/** Ours: one a captured table and its key, with room for a few changes of shape. */
const knownMax = 64;
/** Beyond it a schema is parsed each time: 64 of these are 8 MB, or more where names are not ASCII. */
const prefixCharactersMax = 131_072;
const known: Known[] = [];

/**
 * The schema of a record that begins with the very bytes of one seen before. Two thirds of a record are its schema, and the
 * same for every record of a table: it need not be parsed again. A memo only: without it results are the same.
 */
export const knownSchema = (data: Uint8Array): Known | undefined =>
  known.find(({ prefix }) => data.length > prefix.length && prefix.compare(data, 0, prefix.length) === 0);

/** Remembers the schema of a record that is written compactly, as Kafka Connect's JsonConverter does. */
export function rememberSchema(text: string, json: Json): void {
  if (!isObject(json) || !isObject(json.schema) || !text.startsWith('{"schema":')) return;
  const prefix = `{"schema":${JSON.stringify(json.schema)},"payload":`;
  if (prefix.length > prefixCharactersMax || !text.startsWith(prefix)) return;
  known.unshift({ prefix: Buffer.from(prefix), schema: json.schema });
  if (known.length > knownMax) known.pop();
}
