import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WebhookFence } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { headerNames } from '#adapters/webhook-fence/contract/webhook-place.ts';
import type { WebhookScheme } from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import { tenantsOf } from '#adapters/webhook-fence/contract/webhook-tenant.ts';
import { schemeOf } from '#adapters/webhook-fence/core/webhook/scheme-of.ts';
import type { FenceDescription } from '#local/fence-description.ts';
import { required } from '#local/required.ts';
import { makeFenceKeys, schemeShape } from '#local/secrets/fence-keys.ts';
import { withItemSignatures } from './adyen-items.ts';
import type { SampleRequest, Tamper } from './fence-sample-shape.ts';
import type { FenceSample } from './fence-samples.ts';
import { headerName } from './sign.ts';
import { type SignedRequest, signedRequest } from './signed-request.ts';
import { withField } from './with-field.ts';

export interface PreparedRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const contentTypes = { json: 'application/json', form: 'application/x-www-form-urlencoded' } as const;

/** A request of a sample, and the fence that it is for. */
interface Sending {
  readonly fence: Pick<WebhookFence, 'scheme' | 'url' | 'body' | 'tenant'>;
  readonly sample: Pick<FenceSample, 'name' | 'folder' | 'requests'>;
  readonly request: SampleRequest;
  /** Done to the body before it is signed. */
  readonly change?: (body: Uint8Array) => Uint8Array;
}

/**
 * A sample's request as its provider would send it at `now` (epoch milliseconds), tampered with where the sample says so. It goes
 * to where the fence stands, but signs the address that the contract names: what the provider would call.
 */
export function prepareRequest(
  place: Pick<FenceDescription, 'url' | 'secrets' | 'tenantSecrets'>,
  { fence, sample, request, change = same }: Sending,
  now = Date.now(),
): PreparedRequest {
  const { file, tamper } = request;
  const scheme = schemeOf(fence);
  const id = request.id ?? `${sample.name}-${sample.requests.indexOf(request)}-${file.replace(/\.\w+$/, '')}`;
  const body = change(readFileSync(join(sample.folder, file)));
  const sentAt = tamper === 'timestamp' ? now - 3_600_000 : now;
  const [first = ''] = tenantsOf(fence);
  const { tenant = first } = request;
  const own = place.tenantSecrets?.[tenant] ?? place.secrets;
  const keys = tamper === 'secret' ? makeFenceKeys(schemeShape.parse(scheme)) : own;
  const inPath = (url: string) => url.replace('{tenant}', tenant);
  const signed = signedRequest({ scheme, bodyIs: fence.body }, keys, {
    url: inPath(fence.url ?? place.url),
    body,
    id,
    sentAt,
  });
  const sent = tampered(scheme, signed, tamper);
  return {
    url: inPath(sent.query ? `${place.url}?${sent.query}` : place.url),
    headers: { 'content-type': contentTypes[fence.body], ...sent.headers, ...request.headers },
    body: sent.body,
  };
}

const same = (body: Uint8Array): Uint8Array => body;

function tampered(scheme: WebhookScheme, signed: SignedRequest, tamper: Tamper | undefined): SignedRequest {
  if (tamper === 'body') return { ...signed, body: withOtherBit(signed.body) };
  if (tamper === 'id')
    return { ...signed, headers: without(signed.headers, headerNames(scheme.id?.header ?? [])) };
  if (tamper !== 'signature' && tamper !== 'unsigned') return signed;
  const change = (proof: string) => (tamper === 'signature' ? withOtherCharacter(proof) : undefined);
  const place = scheme.kind === 'signed' ? scheme.signature : scheme.token;
  if (!place) return { ...signed, body: withItemSignatures(signed.body, change) };
  if ('field' in place)
    return { ...signed, body: withField(signed.body, place.field, change('0'.repeat(40)) ?? '') };
  if ('query' in place) return { ...signed, query: change(signed.query) ?? '' };
  const header = headerName(place.header);
  const proof = change(required(signed.headers[header], header));
  return {
    ...signed,
    headers: { ...without(signed.headers, [header]), ...(proof !== undefined && { [header]: proof }) },
  };
}

const without = (headers: Readonly<Record<string, string>>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(headers).filter(([each]) => !names.includes(each)));

/** Within a signature, before any padding. */
function withOtherCharacter(proof: string): string {
  const at = proof.length - 6;
  return proof.slice(0, at) + (proof[at] === 'a' ? 'b' : 'a') + proof.slice(at + 1);
}

function withOtherBit(body: Uint8Array): Uint8Array {
  const other = Uint8Array.from(body);
  const at = Math.floor(other.length / 2);
  other[at] = (other[at] ?? 0) ^ 1;
  return other;
}
