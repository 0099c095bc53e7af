import { headerNames, type Place } from '../../contract/webhook-place.ts';
import { parseStrictJson } from '../json/strict-json.ts';
import { readPointer } from '../webhook/pointer.ts';
import { formFields } from './form.ts';
import { isRefusal, type Refusal, refusal } from './refusal.ts';
import { headerOf, type WebhookRequest } from './request.ts';

/** The one value at a place of a request; undefined when it is not there. */
export function valueAt(place: Place, request: WebhookRequest): string | undefined | Refusal {
  if ('header' in place) return firstHeader(request, headerNames(place.header));
  if ('query' in place) return queryValue(request.url, place.query);
  const value = fieldOf(request.body, place.field);
  return isRefusal(value) ? value : plainText(value);
}

/** The value of the first of these headers that is there. */
export function firstHeader(request: WebhookRequest, names: readonly string[]): string | undefined | Refusal {
  for (const name of names) {
    const value = headerOf(request, name);
    if (value !== undefined) return value;
  }
  return undefined;
}

function queryValue(url: string, name: string): string | undefined | Refusal {
  const values = new URLSearchParams(/\?([^#]*)/.exec(url)?.[1] ?? '').getAll(name);
  return values.length > 1
    ? refusal('MALFORMED_QUERY', `the query's ${name} came ${values.length} times`)
    : values[0];
}

/** A field of a body that is JSON or a form, by a pointer or a name. Nothing is believed of it before the signature is checked. */
export function fieldOf(body: Uint8Array, field: string): unknown {
  return field.startsWith('/') ? jsonField(body, field) : formField(body, field);
}

function jsonField(body: Uint8Array, pointer: string): unknown {
  const parsed = parsedOnce(body);
  return parsed.ok
    ? readPointer(parsed.value, pointer)
    : refusal('MALFORMED_BODY', `the body is refused as JSON: ${parsed.problem}`);
}

function formField(body: Uint8Array, name: string): string | undefined | Refusal {
  const fields = formFields(body);
  if (isRefusal(fields)) return fields;
  const values = fields.flatMap(([each, value]) => (each === name ? [value] : []));
  return values.length > 1 ? refusal('MALFORMED_BODY', `the form holds ${name} more than once`) : values[0];
}

/** A body is parsed once, however many of its fields a scheme reads. */
function parsedOnce(body: Uint8Array): ReturnType<typeof parseStrictJson> {
  const known = parsedBodies.get(body);
  if (known) return known;
  const parsed = parseStrictJson(body);
  parsedBodies.set(body, parsed);
  return parsed;
}

const parsedBodies = new WeakMap<Uint8Array, ReturnType<typeof parseStrictJson>>();

/** Text and whole numbers; undefined for anything else. */
export function plainText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'bigint' || Number.isInteger(value) ? String(value) : undefined;
}
