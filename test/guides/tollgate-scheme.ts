import { defineScheme } from '#kit/webhook-fence';

export const tollgate = defineScheme({
  kind: 'signed',
  name: 'tollgate',
  signature: { header: 'x-tollgate-signature', prefix: 'sha512=' },
  signers: [{ algorithm: 'hmac-sha512', encoding: 'hex' }],
  content: '{id}.{timestamp}.{body}',
  timestamp: { from: { header: 'x-tollgate-time' }, format: 'milliseconds', toleranceSeconds: 120 },
  id: { header: 'x-tollgate-delivery' },
});
