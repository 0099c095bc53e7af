import { ContractError } from '#shared/contract/options.ts';
import type { WebhookFenceSpec } from './webhook-fence.ts';

/** A request without `content-type`, among the content types of a contract. */
export const noContentType = 'none';

export const formType = 'application/x-www-form-urlencoded';

/** The content types that a fence accepts if its contract names none. */
export const usualContentTypes = ({
  body,
  formField,
}: Pick<WebhookFenceSpec, 'body' | 'formField'>): readonly string[] =>
  body === 'form' || formField !== undefined ? [formType] : ['application/json', 'application/*+json'];

/** @throws ContractError */
export function checkContentTypes(where: string, contentTypes: readonly string[]): void {
  if (contentTypes.length === 0) throw new ContractError(`${where}: contentTypes must name at least one`);
  for (const type of contentTypes)
    if (type !== noContentType && !/^[a-z]+\/(?:\*\+)?[a-z0-9.+-]+$/.test(type))
      throw new ContractError(
        `${where}: contentTypes "${type}" must be a media type in lower case without parameters, such as text/plain, or '${noContentType}'`,
      );
}
