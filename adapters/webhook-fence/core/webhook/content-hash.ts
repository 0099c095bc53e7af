import { idOf } from '#shared/core/identity/event-id.ts';
import type { WebhookFence } from '../../contract/webhook-fence.ts';
import { retryFieldsOf } from '../../contract/webhook-scheme.ts';
import { traitsOf } from '../../contract/webhook-traits.ts';
import type { Verified } from '../signature/verification.ts';
import { readField, withoutFields } from './payload.ts';
import { schemeOf } from './scheme-of.ts';
import { stableText } from './stable-text.ts';

/**
 * SHA-256 (hex) of what identifies a delivery by content: the fields that the contract names, otherwise everything that the
 * signature covers except a signed timestamp and the scheme's `retryFields`, because senders sign again when they retry. `sha256` is
 * the body's; `payload` is undefined if it cannot be read.
 */
export function contentIdentity(
  fence: WebhookFence,
  { contentHash }: Verified,
  { sha256, payload }: { readonly sha256: string; readonly payload: unknown },
): string {
  const isBody = ['body', 'sender'].includes(traitsOf(fence.scheme).covers);
  return isBody ? payloadHashOf(fence, sha256, payload) : (fieldsHash(fence, payload) ?? contentHash);
}

/** What must be the same in a repeat. `payload` is undefined if the body cannot be read. */
export const payloadHashOf = (fence: WebhookFence, sha256: string, payload: unknown): string =>
  fieldsHash(fence, payload) ?? lastingHash(fence, payload) ?? sha256;

/** Hash of the payload without what the sender changes when it tries again. Undefined if the scheme names no such field. */
function lastingHash(fence: WebhookFence, payload: unknown): string | undefined {
  const changing = retryFieldsOf(schemeOf(fence));
  return changing.length === 0 || payload === undefined
    ? undefined
    : idOf(stableText(withoutFields(fence, payload, changing)));
}

/**
 * Hash of the fields that the contract names. Undefined for a payload that lacks one of them: otherwise two different payloads
 * that lack the same field would count as one.
 */
function fieldsHash(fence: WebhookFence, payload: unknown): string | undefined {
  if (fence.payloadHash === 'body' || payload === undefined) return undefined;
  const values = fence.payloadHash.fields.map(field => readField(fence, payload, field));
  return values.includes(undefined) ? undefined : idOf(...values.map(stableText));
}
