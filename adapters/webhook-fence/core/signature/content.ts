import { crc32 } from 'node:zlib';
import { bordersOf } from '../../contract/webhook-content-borders.ts';
import { headerNames, placeInWords } from '../../contract/webhook-place.ts';
import { type Placeholder, templateParts } from '../../contract/webhook-template.ts';
import { formFields, sortedForm } from './form.ts';
import { valueAt } from './place.ts';
import { isRefusal, type Refusal, refusal } from './refusal.ts';
import type { WebhookRequest } from './request.ts';
import { signedHeadersText } from './signed-headers.ts';

export interface ContentParts {
  readonly id: string | undefined;
  readonly timestamp: string | undefined;
}

/** The signed bytes that a template describes. The body's bytes go in as they came. `{secret}` is left out: the key adds it. */
export function contentOf(
  template: string,
  request: WebhookRequest,
  parts: ContentParts,
): Uint8Array | Refusal {
  const pieces: Uint8Array[] = [];
  for (const part of templateParts(template)) {
    const bytes = 'text' in part ? Buffer.from(part.text) : bytesOf(part, template, { request, parts });
    if (isRefusal(bytes)) return bytes;
    pieces.push(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
  }
  return Buffer.concat(pieces);
}

interface Given {
  readonly request: WebhookRequest;
  readonly parts: ContentParts;
}

function bytesOf(
  part: Placeholder,
  template: string,
  { request, parts }: Given,
): Uint8Array | string | Refusal {
  switch (part.name) {
    case 'body':
      return request.body;
    case 'crc32':
      return String(crc32(request.body));
    case 'form': {
      const fields = formFields(request.body);
      return isRefusal(fields) ? fields : sortedForm(fields);
    }
    case 'method':
      return request.method.toUpperCase();
    case 'url':
      return request.url;
    case 'path':
      return request.url.replace(/^https?:\/\/[^/?#]*/i, '');
    case 'decodedUrl':
      return decodedUrl(request.url);
    case 'id':
      return parts.id ?? '';
    case 'timestamp':
      return parts.timestamp ?? '';
    case 'signedHeaders':
      return signedHeadersText(request, part.of);
    case 'header':
    case 'field':
      return namedValue(part, template, request);
    default:
      return '';
  }
}

/** HubSpot signs the address with these characters unescaped: developers.hubspot.com, "Validating requests", v3. */
const decodedUrl = (url: string): string =>
  url.replace(/%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, encoded => decodeURIComponent(encoded));

function namedValue(part: Placeholder, template: string, request: WebhookRequest): string | Refusal {
  const place = part.name === 'header' ? { header: headerNames(part.of) } : { field: part.of };
  const value = valueAt(place, request);
  if (isRefusal(value)) return value;
  if (value === undefined) return refusal('NO_SIGNED_VALUE', `${placeInWords(place)} is missing`);
  const border = borderWithin(value, template, part);
  return border === undefined
    ? value
    : refusal(
        'MALFORMED_SIGNED_VALUE',
        `${placeInWords(place)} holds "${border}", which sets it off in the signed content`,
      );
}

/** The text beside a part of what is signed, where its value holds it, or a piece of both does: the border could be either. */
export function borderWithin(value: string, template: string, part: Placeholder): string | undefined {
  const [before, after] = bordersOf(template, part);
  if (after && (value + after).indexOf(after) < value.length) return after;
  return before && (before + value).lastIndexOf(before) > 0 ? before : undefined;
}
