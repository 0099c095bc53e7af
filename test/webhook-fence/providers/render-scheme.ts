import type { WebhookScheme } from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import { handshakeRules } from '#adapters/webhook-fence/derive/handshake-words.ts';
import { schemeInWords, signingRules } from '#adapters/webhook-fence/derive/scheme-words.ts';

/** All that the partner's page says of a scheme. */
export const renderScheme = (scheme: WebhookScheme): string =>
  [schemeInWords(scheme), ...signingRules(scheme), ...handshakeRules(scheme)].join('\n');
