import { defineScheme } from '#kit/webhook-fence';

export const dropbox = defineScheme({
  kind: 'signed',
  name: 'dropbox',
  signature: { header: 'x-dropbox-signature' },
  signers: [{ algorithm: 'hmac-sha256', encoding: 'hex' }],
  content: '{body}',
  handshakes: [
    { method: 'GET', when: [{ query: 'challenge' }], proof: 'none', answer: { text: '{query:challenge}' } },
  ],
});
