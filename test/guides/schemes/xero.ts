import { defineScheme } from '#kit/webhook-fence';

export const xero = defineScheme({
  kind: 'signed',
  name: 'xero',
  signature: { header: 'x-xero-signature' },
  signers: [{ algorithm: 'hmac-sha256', encoding: 'base64' }],
  content: '{body}',
  handshakes: [
    {
      method: 'POST',
      when: [
        { field: '/firstEventSequence', is: '0' },
        { field: '/lastEventSequence', is: '0' },
      ],
      proof: 'scheme',
      answer: {},
    },
  ],
});
