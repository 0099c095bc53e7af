import { defineScheme } from '#kit/webhook-fence';

export const docusign = defineScheme({
  kind: 'signed',
  name: 'docusign',
  signature: {
    header: ['x-docusign-signature-1', 'x-docusign-signature-2', 'x-docusign-signature-3'],
  },
  signers: [{ algorithm: 'hmac-sha256', encoding: 'base64' }],
  content: '{body}',
  retryFields: ['/retryCount'],
});
