import { type Fault, fault } from '#shared/contract/fault.ts';
import type { WebhookFence } from '../../contract/webhook-fence.ts';
import { parseStrictJson } from '../json/strict-json.ts';
import { formFields } from '../signature/form.ts';
import { isRefusal } from '../signature/refusal.ts';
import { readPointer } from './pointer.ts';

export type Payload =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly fault: Fault };

/** The body as the contract says it is written: exactly what the sender wrote, or a fault that says where it cannot be read. */
export function readPayload(fence: Pick<WebhookFence, 'body' | 'bodyBytesMax'>, body: Uint8Array): Payload {
  return fence.body === 'form' ? readForm(body) : readJson(body, fence.bodyBytesMax);
}

function readJson(body: Uint8Array, bytesMax: number): Payload {
  const parsed = parseStrictJson(body, { bytesMax });
  if (parsed.ok) return parsed;
  const { problem, byteOffset } = parsed;
  return {
    ok: false,
    fault: fault('UNREADABLE_PAYLOAD', { byteOffset }, `the body is refused as JSON: ${problem}`),
  };
}

/** A field that comes twice could be read either way. */
function readForm(body: Uint8Array): Payload {
  const fields = formFields(body);
  if (isRefusal(fields)) return { ok: false, fault: fault('UNREADABLE_PAYLOAD', {}, fields.detail) };
  const names = new Set(fields.map(([name]) => name));
  if (names.size < fields.length || names.has('__proto__'))
    return {
      ok: false,
      fault: fault('UNREADABLE_PAYLOAD', {}, 'the form holds a field twice, or __proto__'),
    };
  return { ok: true, value: Object.fromEntries(fields) };
}

/** What a contract's pointer names: a JSON pointer, or a form's field. */
export const readField = (fence: Pick<WebhookFence, 'body'>, payload: unknown, field: string): unknown =>
  fence.body === 'json' ? readPointer(payload, field) : formField(payload, field);

const formField = (payload: unknown, name: string): unknown =>
  typeof payload === 'object' && payload !== null && Object.hasOwn(payload, name)
    ? (payload as Record<string, unknown>)[name]
    : undefined;
