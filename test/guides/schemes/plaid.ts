import { defineScheme } from '#kit/webhook-fence';

export const plaid = defineScheme({
  kind: 'jwt',
  name: 'plaid',
  token: { header: 'plaid-verification' },
  algorithms: ['ES256'],
  keys: {
    jwk: {
      url: 'https://production.plaid.com/webhook_verification_key/get',
      headers: { 'plaid-client-id': '5e3b1f7c9d2a4b0011c8e6f2', 'plaid-secret': '{secret}' },
      body: { key_id: '{kid}' },
      at: '/key',
      expiresAt: '/key/expired_at',
    },
  },
  bodyHash: { claim: 'request_body_sha256', algorithm: 'sha256', encoding: 'hex' },
  toleranceSeconds: 300,
});
