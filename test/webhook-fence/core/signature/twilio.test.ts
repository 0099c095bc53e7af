import { createHash } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { schemes } from '#adapters/webhook-fence/core/signature/schemes.ts';
import { verify } from '#adapters/webhook-fence/core/signature/verify.ts';
import { fieldsOf, post } from './senders.ts';

const secret = 'twilio-auth-token';
const form = 'To=%2B1&From=%2B2&Body=b&Body=a&Body=a';
const signed = (signedUrl: string, ours: string, body = form) =>
  verify(
    schemes.twilio,
    post(body, { 'x-twilio-signature': getExpectedTwilioSignature(secret, signedUrl, fieldsOf(body)) }, ours),
    { secrets: [{ value: secret }], receivedAt: 0 },
  );

describe('Twilio (signed by its own library)', () => {
  it.each([
    ['https://a.example/x?y=1', 'https://a.example/x?y=1'],
    ['https://a.example:443/x?y=1', 'https://a.example/x?y=1'],
    ['https://a.example/x?y=1', 'https://a.example:443/x?y=1'],
    ['https://a.example/x?y=1', 'https://a.example:8443/x?y=1'],
    ['http://a.example:80', 'http://a.example'],
    ['https://user:1@a.example:443/x', 'https://user:1@a.example/x'],
    ['https://[::1]:443/x', 'https://[::1]/x'],
    ["https://a.example/x?y='%27", "https://a.example:443/x?y='%27"],
  ])('passes what is signed for %s at %s', (signedUrl, ours) => {
    expect(signed(signedUrl, ours).verified).toBe(true);
  });

  it.each([
    ['https://a.example/x', 'https://b.example/x'],
    ['https://a.example/x', 'http://a.example/x'],
    ['https://a.example/x?y=1', 'https://a.example/x?y=2'],
  ])('refuses what is signed for %s at %s', (signedUrl, ours) => {
    expect(signed(signedUrl, ours)).toMatchObject({ reason: 'SIGNATURE_MISMATCH' });
  });

  it('passes an empty body, as its GET requests have', () => {
    expect(signed('https://a.example/x?y=1', 'https://a.example/x?y=1', '').verified).toBe(true);
  });

  it.each([['a=%zz'], ['a=%ff'], ['a=ü'], ['a=b c'], ['a&'.repeat(1_001)]])(
    'refuses a form that is not one: %p',
    body => {
      expect(signed('https://a.example/x', 'https://a.example/x', body)).toMatchObject({
        reason: 'MALFORMED_BODY',
      });
    },
  );

  it('refuses a JSON body that is not the one hashed in the address', () => {
    const hash = createHash('sha256').update('{"a":1}').digest('hex');
    const address = `https://a.example/x?bodySHA256=${hash}`;
    const headers = { 'x-twilio-signature': getExpectedTwilioSignature(secret, address, {}) };
    const check = (body: string, to = address) =>
      verify(schemes.twilio, post(body, headers, to), { secrets: [{ value: secret }], receivedAt: 0 });
    expect(check('{"a":1}').verified).toBe(true);
    expect(check('{"a":2}')).toMatchObject({ reason: 'BODY_HASH_MISMATCH' });
    expect(check('{"a":1}', `${address}&bodySHA256=${hash}`)).toMatchObject({ reason: 'BODY_HASH_MISMATCH' });
  });
});
