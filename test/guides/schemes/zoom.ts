import { defineScheme } from '#kit/webhook-fence';

export const zoom = defineScheme({
  kind: 'signed',
  name: 'zoom',
  signature: { header: 'x-zm-signature', prefix: 'v0=' },
  signers: [{ algorithm: 'hmac-sha256', encoding: 'hex' }],
  content: 'v0:{timestamp}:{body}',
  timestamp: { from: { header: 'x-zm-request-timestamp' }, format: 'seconds', toleranceSeconds: 300 },
  handshakes: [
    {
      method: 'POST',
      when: [{ field: '/event', is: 'endpoint.url_validation' }],
      proof: 'scheme',
      answer: {
        json: {
          plainToken: '{field:/payload/plainToken}',
          encryptedToken: { digest: 'hmac-sha256', of: '{field:/payload/plainToken}', encoding: 'hex' },
        },
      },
    },
  ],
});
