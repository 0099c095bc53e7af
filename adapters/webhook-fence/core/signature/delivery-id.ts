import { limits } from '#shared/contract/limits.ts';
import { bordersOfId } from './content.ts';
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
  const border = isSigned ? borderWithin(id, template) : undefined;
  return border === undefined
    ? id
    : refusal('MALFORMED_ID', `${header} holds "${border}", which sets the id off in the signed content`);
}

/** The text beside the id in what is signed, where the id holds it, or a part of both does: the border could be either. */
function borderWithin(id: string, template: string): string | undefined {
  const [before, after] = bordersOfId(template);
  if (after && (id + after).indexOf(after) < id.length) return after;
  return before && (before + id).lastIndexOf(before) > 0 ? before : undefined;
}
