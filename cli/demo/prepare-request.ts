import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FenceDescription } from '../../local/fence-description.ts';
import type { WebhookScheme } from '../../shared/contract/webhook-scheme.ts';
import type { FenceSample, SampleRequest, Tamper } from './fence-samples.ts';
import { signedHeaders } from './sign.ts';

export interface PreparedRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A sample's request as its provider would send it at `now` (epoch milliseconds), tampered with where the sample says so. */
export function prepareRequest(
  fence: Pick<FenceDescription, 'url' | 'secrets'>,
  scheme: WebhookScheme,
  sample: FenceSample,
  request: SampleRequest,
  now = Date.now(),
): PreparedRequest {
  const { file, headers, tamper } = request;
  const id = request.id ?? `${sample.name}-${sample.requests.indexOf(request)}-${file.replace(/\.\w+$/, '')}`;
  const body = readFileSync(join(sample.folder, file));
  const sentAt = tamper === 'timestamp' ? now - 3_600_000 : now;
  const keys = tamper === 'secret' ? otherKeys(fence.secrets.current) : fence.secrets;
  const signed = signedHeaders(scheme, keys, { url: fence.url, body, id, sentAt });
  return {
    url: fence.url,
    headers: { 'content-type': 'application/json', ...tamperedHeaders(scheme, signed, tamper), ...headers },
    body: tamper === 'body' ? changed(body) : body,
  };
}

/** Of the same form. */
const otherKeys = (current: string) => ({ current: withOtherCharacter(current) });

/** The header that proves the request. */
const proofOf = (scheme: WebhookScheme): string =>
  scheme.kind === 'token' ? scheme.token.header : scheme.signature!.header;

function tamperedHeaders(
  scheme: WebhookScheme,
  headers: Record<string, string>,
  tamper: Tamper | undefined,
): Record<string, string> {
  const proof = proofOf(scheme);
  if (tamper === 'signature') return { ...headers, [proof]: withOtherCharacter(headers[proof]!) };
  const dropped = { unsigned: proof, id: scheme.id?.header }[String(tamper)];
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== dropped));
}

const flipped = (character: string): string => (character === 'a' ? 'b' : 'a');

/** Within a key or signature, before any padding. */
const withOtherCharacter = (value: string): string => {
  const at = value.length - 6;
  return value.slice(0, at) + flipped(value[at]!) + value.slice(at + 1);
};

function changed(body: Uint8Array): Uint8Array {
  const other = Uint8Array.from(body);
  const at = Math.floor(other.length / 2);
  other[at] = other[at]! ^ 1;
  return other;
}
