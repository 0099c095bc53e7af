import { defineScheme } from '#kit/webhook-fence';

export const discord = defineScheme({
  kind: 'signed',
  name: 'discord',
  signature: { header: 'x-signature-ed25519' },
  signers: [{ algorithm: 'ed25519', encoding: 'hex', key: { encoding: 'hex' } }],
  content: '{timestamp}{body}',
  timestamp: { from: { header: 'x-signature-timestamp' }, format: 'seconds', toleranceSeconds: 300 },
  handshakes: [
    { method: 'POST', when: [{ field: '/type', is: '0' }], proof: 'scheme', answer: { status: 204 } },
  ],
});
