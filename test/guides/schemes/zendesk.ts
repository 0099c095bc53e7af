import { defineScheme } from '#kit/webhook-fence';

export const zendesk = defineScheme({
  kind: 'signed',
  name: 'zendesk',
  signature: { header: 'x-zendesk-webhook-signature' },
  signers: [{ algorithm: 'hmac-sha256', encoding: 'base64' }],
  content: '{timestamp}{body}',
  timestamp: {
    from: { header: 'x-zendesk-webhook-signature-timestamp' },
    format: 'rfc3339',
    toleranceSeconds: 300,
  },
  id: { header: 'x-zendesk-webhook-invocation-id' },
});
