import { formFields, sortedForm } from './form.ts';
import { isRefusal, type Refusal } from './refusal.ts';
import type { WebhookRequest } from './request.ts';

export interface ContentParts {
  readonly id: string | undefined;
  readonly timestamp: string | undefined;
}

/** The signed bytes that a template describes. The body's bytes go in as they came. */
export function contentOf(
  template: string,
  request: WebhookRequest,
  parts: ContentParts,
): Uint8Array | Refusal {
  const pieces: Uint8Array[] = [];
  for (const piece of template.split(/(\{[^}]*\})/)) {
    const bytes = piece.startsWith('{') ? bytesOf(piece, request, parts) : Buffer.from(piece);
    if (isRefusal(bytes)) return bytes;
    pieces.push(bytes);
  }
  return Buffer.concat(pieces);
}

function bytesOf(placeholder: string, request: WebhookRequest, parts: ContentParts): Uint8Array | Refusal {
  switch (placeholder) {
    case '{body}':
      return request.body;
    case '{form}': {
      const fields = formFields(request.body);
      return isRefusal(fields) ? fields : Buffer.from(sortedForm(fields));
    }
    case '{method}':
      return Buffer.from(request.method.toUpperCase());
    case '{url}':
      return Buffer.from(request.url);
    case '{decodedUrl}':
      return Buffer.from(decodedUrl(request.url));
    case '{id}':
      return Buffer.from(parts.id ?? '');
    default:
      return Buffer.from(parts.timestamp ?? '');
  }
}

/** HubSpot signs the address with these characters unescaped: developers.hubspot.com, "Validating requests", v3. */
const decodedUrl = (url: string): string =>
  url.replace(/%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, encoded => decodeURIComponent(encoded));

/**
 * The text on both sides of `{id}`: an id that contained it could move the border between the signed parts. Empty before the id
 * if only parts of known length precede it: the id begins where they end.
 */
export function bordersOfId(template: string): readonly [before: string, after: string] {
  const [head = '', tail = ''] = template.split('{id}');
  const before = /\{(?:url|decodedUrl|body|form)\}/.test(head) ? head.slice(head.lastIndexOf('}') + 1) : '';
  const [after = ''] = tail.split('{', 1);
  return [before, after];
}
