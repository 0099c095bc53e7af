import { limits } from '../../contract/limits.ts';
import { borderAfter } from './content.ts';
import { isRefusal, type Refusal, refusal } from './refusal.ts';
import { headerOf, type WebhookRequest } from './request.ts';

/** The delivery's id; refused where the signature covers it and it is missing or could be mistaken for more than the id. */
export function deliveryId(
  request: WebhookRequest,
  header: string | undefined,
  template: string,
): string | undefined | Refusal {
  if (!header) return undefined;
  const id = headerOf(request, header);
  if (isRefusal(id)) return id;
  const isSigned = template.includes('{id}');
  if (id === undefined) return isSigned ? refusal('NO_ID', `${header} is missing`) : undefined;
  if (id.length > limits.webhookIdCharactersMax || id.includes(' '))
    return refusal(
      'MALFORMED_ID',
      `${header} holds a blank or more than ${limits.webhookIdCharactersMax} characters`,
    );
  const border = isSigned ? borderAfter(template, '{id}') : '';
  return border && id.includes(border)
    ? refusal('MALFORMED_ID', `${header} holds "${border}", which ends the id in the signed content`)
    : id;
}
