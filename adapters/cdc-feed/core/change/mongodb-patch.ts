import { isObject, type Json, type JsonObject } from './lossless-json.ts';
import { setOwn } from './own-property.ts';
import { textOf } from './scalar.ts';
import { type Read, Unreadable } from './unreadable.ts';

/** One change within a document: what stands at the path afterwards, from what stood there; undefined for nothing. */
interface Patch {
  readonly path: string;
  readonly apply: (old: Json | undefined) => Read<Json | undefined>;
}

/** What an update changed, in the order in which MongoDB applies it: `updatedFields` is already read. */
export interface DocumentDelta {
  readonly updated: JsonObject;
  readonly removed: readonly string[];
  readonly truncated: readonly JsonObject[];
}

/**
 * The document after an update, from the one before. A path that the document does not have is a fault where the contract needs
 * its field, and is left as it is where it does not.
 */
export function patched(
  before: JsonObject,
  delta: DocumentDelta,
  isNeeded: (field: string) => boolean,
): Read<JsonObject> {
  let document = before;
  for (const { path, apply } of patchesOf(delta)) {
    const next = withField(document, path.split('.'), apply);
    if (!(next instanceof Unreadable)) document = next;
    else if (isNeeded(topOf(path))) return unknownPath.in(topOf(path));
  }
  return document;
}

/** The field of the document that a path leads into. */
export const topOf = (path: string): string => path.split('.', 1).join('');

const unknownPath = new Unreadable(
  'the part that was changed is not in the document before; set `capture.mode` to one that carries the whole (change_streams_update_full)',
  'UNAVAILABLE_VALUE',
);

function patchesOf({ updated, removed, truncated }: DocumentDelta): Patch[] {
  const set = (value: Json) => () => value;
  return [
    ...truncated.map(({ field, size }) => ({ path: textOf(field) ?? '', apply: cutTo(size) })),
    ...removed.map(path => ({ path, apply: () => undefined })),
    ...Object.entries(updated).map(([path, value]) => ({ path, apply: set(value) })),
  ];
}

const cutTo =
  (size: Json | undefined): Patch['apply'] =>
  old =>
    Array.isArray(old) && typeof size === 'number' ? old.slice(0, size) : notThere;

const notThere = new Unreadable('no such part');

/** A copy with one part changed. MongoDB makes missing objects by setting them whole, so that all but the last name must be there. */
function withField(json: JsonObject, path: readonly string[], apply: Patch['apply']): Read<JsonObject> {
  const [name = '', ...rest] = path;
  // A name may hold a point itself: then nobody can tell which part is meant.
  if (rest.length > 0 && Object.hasOwn(json, path.join('.'))) return notThere;
  const old = Object.hasOwn(json, name) ? json[name] : undefined;
  const value = rest.length > 0 ? withPart(old, rest, apply) : apply(old);
  if (value instanceof Unreadable) return value;
  const { [name]: _, ...others } = json;
  if (value !== undefined) setOwn<Json>(others, name, value);
  return others;
}

function withPart(json: Json | undefined, path: readonly string[], apply: Patch['apply']): Read<Json> {
  if (Array.isArray(json)) return withItem(json, path, apply);
  return isObject(json) ? withField(json, path, apply) : notThere;
}

function withItem(
  list: readonly Json[],
  [index = '', ...rest]: readonly string[],
  apply: Patch['apply'],
): Read<Json> {
  const place = /^\d{1,9}$/.test(index) ? Number(index) : list.length + 1;
  if (place > list.length) return notThere;
  const value = rest.length > 0 ? withPart(list[place], rest, apply) : apply(list[place]);
  if (value === undefined) return notThere;
  return value instanceof Unreadable ? value : [...list.slice(0, place), value, ...list.slice(place + 1)];
}
