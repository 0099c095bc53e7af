import { limits } from '#shared/contract/limits.ts';
import { type Refusal, refusal } from './refusal.ts';

/** A request as it arrived. */
export interface WebhookRequest {
  readonly method: string;
  /** The address that the partner calls, with its query; not the one that a gateway sees. */
  readonly url: string;
  /** Names in any case; a list where a header came more than once. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The raw bytes, never a re-serialised body. */
  readonly body: Uint8Array;
}

/** The one value of a header (name in lower case), undefined when it is not there; refused when doubled, empty, overlong or not printable. */
export function headerOf(request: WebhookRequest, name: string): string | undefined | Refusal {
  const values = Object.keys(request.headers)
    .filter(given => given.toLowerCase() === name)
    .flatMap(given => request.headers[given] ?? []);
  const [value] = values;
  if (value === undefined) return undefined;
  if (values.length > 1) return refusal('DOUBLED_HEADER', `${name} came ${values.length} times`);
  if (value === '') return refusal('EMPTY_HEADER', `${name} is empty`);
  if (value.length > limits.webhookHeaderBytesMax)
    return refusal('HEADER_TOO_LONG', `${name} is longer than ${limits.webhookHeaderBytesMax} bytes`);
  if (!/^[\x20-\x7e]+$/.test(value)) return refusal('MALFORMED_HEADER', `${name} is not printable ASCII`);
  return value;
}
