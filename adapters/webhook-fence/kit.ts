/** What the author of a webhook fence imports, besides zod: `#kit/webhook-fence`. */
export * from '#shared/core/mapping/author-kit.ts';
export { apiKeyScheme, defineScheme, hmacScheme } from './contract/define-scheme.ts';
export { accept, defineWebhookFence, emit } from './contract/define-webhook-fence.ts';
export { idText } from './contract/id-text.ts';
export { emitItem } from './contract/item-emission.ts';
