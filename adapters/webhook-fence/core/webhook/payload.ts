import { type Fault, fault, type Place } from '#shared/contract/fault.ts';
import { formType } from '../../contract/content-type.ts';
import type { WebhookFence } from '../../contract/webhook-fence.ts';
import { parseStrictJson } from '../json/strict-json.ts';
import { formFields } from '../signature/form.ts';
import { isRefusal } from '../signature/refusal.ts';
import { charsetOf, contentTypeIn } from './content-type.ts';
import { readPointer, withoutPointers } from './pointer.ts';
import { type SentBody, utf8Body } from './utf8-body.ts';

export type Payload =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly fault: Fault };

type BodyRules = Pick<WebhookFence, 'body' | 'bodyBytesMax' | 'formField'>;

/** The body as the contract says it is written: exactly what the sender wrote, or a fault that says where it cannot be read. */
export function readPayload(fence: BodyRules, sent: SentBody): Payload {
  if (fence.body === 'form') return readForm(sent);
  const { formField } = fence;
  return formField !== undefined && isForm(sent)
    ? readFormField(fence, sent, formField)
    : readJson(fence, utf8Body(sent));
}

const isForm = ({ headers }: SentBody): boolean => contentTypeIn(headers).type === formType;

function readJson({ bodyBytesMax }: BodyRules, body: Uint8Array | undefined): Payload {
  if (!body) return unreadable('the gateway replaced bytes that are no UTF-8');
  const parsed = parseStrictJson(body, { bytesMax: bodyBytesMax });
  if (parsed.ok) return parsed;
  const { problem, byteOffset } = parsed;
  return unreadable(`the body is refused as JSON: ${problem}`, { byteOffset });
}

function readFormField(fence: BodyRules, sent: SentBody, name: string): Payload {
  const form = readForm(sent);
  if (!form.ok) return form;
  const text = formField(form.value, name);
  return typeof text === 'string'
    ? readJson(fence, Buffer.from(text))
    : unreadable(`the form does not hold the field ${name} once`);
}

/** A field that comes more than once is a list of its values, in the order sent. Brackets are part of a name. */
function readForm({ headers, body }: SentBody): Payload {
  const fields = formFields(body, charsetOf(contentTypeIn(headers)));
  if (isRefusal(fields)) return unreadable(fields.detail);
  const values = new Map<string, string | readonly string[]>();
  for (const [name, value] of fields) {
    const before = values.get(name);
    values.set(name, before === undefined ? value : [before, value].flat());
  }
  return values.has('__proto__')
    ? unreadable('the form holds the field __proto__')
    : { ok: true, value: Object.fromEntries(values) };
}

const unreadable = (detail: string, at: Place = {}): Payload => ({
  ok: false,
  fault: fault('UNREADABLE_PAYLOAD', at, detail),
});

/** What a contract's pointer names: a JSON pointer, or a form's field. */
export const readField = (fence: Pick<WebhookFence, 'body'>, payload: unknown, field: string): unknown =>
  fence.body === 'json' ? readPointer(payload, field) : formField(payload, field);

/** The payload without the fields that these pointers or names name. */
export function withoutFields(
  { body }: Pick<WebhookFence, 'body'>,
  payload: unknown,
  fields: readonly string[],
): unknown {
  if (body === 'json') return withoutPointers(payload, fields);
  return Object.fromEntries(Object.entries(payload as object).filter(([name]) => !fields.includes(name)));
}

const formField = (payload: unknown, name: string): unknown =>
  typeof payload === 'object' && payload !== null && Object.hasOwn(payload, name)
    ? (payload as Record<string, unknown>)[name]
    : undefined;
