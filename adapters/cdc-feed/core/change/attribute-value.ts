import { exactDecimal } from './decimal.ts';
import { isObject, type Json, JsonNumber, type JsonObject } from './lossless-json.ts';
import { setOwn } from './own-property.ts';
import { type Read, Unreadable } from './unreadable.ts';

/** An item in DynamoDB's attribute-value form as plain JSON: numbers exact, sets sorted (they have no order), bytes base64. */
export function plainItem(item: JsonObject): Read<JsonObject> {
  const plain: Record<string, Json> = {};
  for (const [name, attribute] of Object.entries(item)) {
    const value = plainAttribute(attribute);
    if (value instanceof Unreadable) return value.in(name);
    setOwn(plain, name, value);
  }
  return plain;
}

function plainAttribute(attribute: Json): Read<Json> {
  const [typed, ...others] = isObject(attribute) ? Object.entries(attribute) : [];
  const read = typed && others.length === 0 ? types.get(typed[0]) : undefined;
  return read && typed ? read(typed[1]) : new Unreadable('not an attribute value', 'UNKNOWN_COLUMN_TYPE');
}

const types: ReadonlyMap<string, (value: Json) => Read<Json>> = new Map(
  Object.entries<(value: Json) => Read<Json>>({
    S: text,
    B: text,
    N: exactNumber,
    BOOL: value => (typeof value === 'boolean' ? value : new Unreadable('BOOL without a boolean')),
    NULL: () => null,
    M: value => (isObject(value) ? plainItem(value) : new Unreadable('M without a map')),
    L: value => each(value, plainAttribute),
    SS: value => sorted(each(value, text), byText),
    BS: value => sorted(each(value, text), byText),
    NS: value => sorted(each(value, exactNumber), byNumber),
  }),
);

function text(value: Json): Read<Json> {
  return typeof value === 'string' ? value : new Unreadable('an attribute without its text');
}

/** Up to 38 digits; written as text, by some tools as a number. */
function exactNumber(value: Json): Read<Json> {
  if (typeof value === 'number' || value instanceof JsonNumber) return value;
  if (typeof value !== 'string') return new Unreadable('not a number');
  const number = Number(value);
  if (Number.isSafeInteger(number) && String(number) === value) return number;
  return exactDecimal(value) instanceof Unreadable ? new Unreadable('not a number') : new JsonNumber(value);
}

function each(value: Json, read: (item: Json) => Read<Json>): Read<readonly Json[]> {
  if (!Array.isArray(value)) return new Unreadable('a list or set without items');
  const items: Json[] = [];
  for (const item of value) {
    const plain = read(item);
    if (plain instanceof Unreadable) return plain;
    items.push(plain);
  }
  return items;
}

function sorted(items: Read<readonly Json[]>, compare: (a: Json, b: Json) => number): Read<Json> {
  return items instanceof Unreadable ? items : items.toSorted(compare);
}

const textOf = (value: Json): string => (value instanceof JsonNumber ? value.text : String(value));
const byText = (a: Json, b: Json): number => (textOf(a) < textOf(b) ? -1 : Number(textOf(a) > textOf(b)));
const byNumber = (a: Json, b: Json): number => Number(textOf(a)) - Number(textOf(b)) || byText(a, b);
