import type { WebhookFence } from '../../contract/webhook-fence.ts';
import type { WebhookScheme } from '../../contract/webhook-scheme.ts';
import { schemes } from '../signature/schemes.ts';

/** The scheme that a fence names or declares. */
export const schemeOf = ({ scheme }: Pick<WebhookFence, 'scheme'>): WebhookScheme =>
  typeof scheme === 'string' ? schemes[scheme] : scheme;
