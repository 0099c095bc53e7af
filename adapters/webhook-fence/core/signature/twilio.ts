import { hash } from 'node:crypto';
import { equalInConstantTime } from './constant-time.ts';
import { formFields, sortedForm } from './form.ts';
import { isRefusal, type Refusal, refusal } from './refusal.ts';
import type { WebhookRequest } from './request.ts';

/**
 * Twilio signs the address, with or without its port, followed by the sorted form; for other bodies only the address, which
 * then holds the body's SHA-256 (hex) as `bodySHA256`.
 */
export function twilioContents(request: WebhookRequest): readonly Uint8Array[] | Refusal {
  const url = splitUrl(request.url);
  if (!url) return refusal('MALFORMED_BODY', 'the address is not an absolute URL');
  const [signedHash, ...otherHashes] = [...request.url.matchAll(/[?&]bodySHA256=([^&#]*)/g)].map(
    ([, signed = '']) => signed,
  );
  let form = '';
  if (signedHash === undefined) {
    const fields = formFields(request.body);
    if (isRefusal(fields)) return fields;
    form = sortedForm(fields);
  } else if (otherHashes.length > 0 || !equalInConstantTime(signedHash, hash('sha256', request.body))) {
    return refusal('BODY_HASH_MISMATCH', 'bodySHA256 of the address is not the hash of the body');
  }
  return [url.withoutPort, url.withPort].map(address => Buffer.from(address + form));
}

/** Both forms of the address, its characters untouched: parsing it as a URL would re-encode some that Twilio signed as they are. */
function splitUrl(url: string): { withoutPort: string; withPort: string } | undefined {
  const match = /^(https?:\/\/)([^/?#]*?)(:\d+)?([/?#].*)?$/i.exec(url);
  if (!match) return undefined;
  const [, scheme = '', host = '', port, rest = ''] = match;
  const standard = scheme.toLowerCase() === 'https://' ? ':443' : ':80';
  return { withoutPort: scheme + host + rest, withPort: scheme + host + (port ?? standard) + rest };
}
