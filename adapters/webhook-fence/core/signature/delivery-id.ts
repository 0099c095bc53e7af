import { limits } from '#shared/contract/limits.ts';
import { type HeaderNames, headerNames } from '../../contract/webhook-place.ts';
import { placeholdersOf } from '../../contract/webhook-template.ts';
import { borderWithin } from './content.ts';
import { firstHeader } from './place.ts';
import { isRefusal, type Refusal, refusal } from './refusal.ts';
import type { WebhookRequest } from './request.ts';

/** The delivery's id; refused where the signature covers it and it is missing or could be mistaken for more than the id. */
export function deliveryId(
  request: WebhookRequest,
  header: HeaderNames | undefined,
  template: string,
): string | undefined | Refusal {
  if (!header) return undefined;
  const names = headerNames(header);
  const id = firstHeader(request, names);
  if (isRefusal(id)) return id;
  const signed = placeholdersOf(template).find(({ name }) => name === 'id');
  if (id === undefined) return signed ? refusal('NO_ID', `${names.join(' or ')} is missing`) : undefined;
  if (id.length > limits.webhookIdCharactersMax || id.includes(' '))
    return refusal(
      'MALFORMED_ID',
      `${names.join(' or ')} holds a blank or more than ${limits.webhookIdCharactersMax} characters`,
    );
  const border = signed && borderWithin(id, template, signed);
  return border === undefined
    ? id
    : refusal(
        'MALFORMED_ID',
        `${names.join(' or ')} holds "${border}", which sets the id off in the signed content`,
      );
}
