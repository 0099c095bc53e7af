import { limits } from '#shared/contract/limits.ts';
import { isRefusal, type Refusal, refusal } from './refusal.ts';
import { headerOf, type WebhookRequest } from './request.ts';

/** The names that a header lists, in lower case and sorted. */
export function listedHeaders(request: WebhookRequest, list: string): readonly string[] | Refusal {
  const text = headerOf(request, list);
  if (isRefusal(text)) return text;
  if (text === undefined) return refusal('NO_SIGNED_VALUE', `${list} is missing`);
  const names = text.split(',').map(name => name.trim().toLowerCase());
  if (!names.includes(list)) return refusal('MALFORMED_SIGNED_VALUE', `${list} does not list itself`);
  const isList =
    names.length <= limits.webhookSignedHeadersMax && names.every(name => /^[a-z0-9][a-z0-9-]*$/.test(name));
  return isList ? names.sort() : refusal('MALFORMED_SIGNED_VALUE', `${list} is no short list of headers`);
}

/** `name:value` of each header that is listed, joined by semicolons. The list is signed with them, so it says where each begins. */
export function signedHeadersText(request: WebhookRequest, list: string): string | Refusal {
  const names = listedHeaders(request, list);
  if (isRefusal(names)) return names;
  const lines: string[] = [];
  for (const name of names) {
    const value = headerOf(request, name);
    if (isRefusal(value)) return value;
    if (value === undefined) return refusal('NO_SIGNED_VALUE', `${name} is listed as signed and missing`);
    lines.push(`${name}:${value.trim()}`);
  }
  return lines.join(';');
}
