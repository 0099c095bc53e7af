import type { WebhookScheme } from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import type { HandshakeReply } from '#adapters/webhook-fence/core/signature/handshake-answer.ts';
import type { WebhookRequest } from '#adapters/webhook-fence/core/signature/request.ts';
import type { Secret } from '#adapters/webhook-fence/core/signature/secret.ts';

/**
 * How a scheme was held against its provider. `vector`: a signed request that the provider or a specification publishes. `SDK`: a request
 * that the provider's library signed or accepted. `example`: a request signed with node:crypto as the provider's documentation says.
 */
export type Checked = 'vector' | 'SDK' | 'example';

export interface ProviderCase {
  /** As the table in the guide names it. */
  readonly provider: string;
  readonly scheme: WebhookScheme;
  readonly checked: Checked;
  /** Where the vector, the library or the documentation is. */
  readonly source: string;
  readonly secrets: readonly Secret[];
  /** Epoch milliseconds. */
  readonly at: number;
  /** The certificate or keys that the provider publishes. */
  readonly document?: string;
  /** A genuine delivery. */
  readonly request: WebhookRequest;
  readonly handshakes?: readonly {
    readonly request: WebhookRequest;
    readonly reply: Partial<HandshakeReply>;
  }[];
}

export const at = 1_760_000_000_000;
export const seconds = String(at / 1000);
export const body = '{"id":"evt_1","name":"Zoë"}';
export const address = 'https://edge.example.com/webhooks/partner';

export const ask = (method: string, query = '', headers: Record<string, string> = {}): WebhookRequest => ({
  method,
  url: query ? `${address}?${query}` : address,
  headers,
  body: new Uint8Array(),
});
