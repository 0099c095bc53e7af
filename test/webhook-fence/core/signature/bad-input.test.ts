import { generateKeyPairSync } from 'node:crypto';
import type { WebhookRequest } from '#adapters/webhook-fence/core/signature/request.ts';
import { schemes } from '#adapters/webhook-fence/core/signature/schemes.ts';
import { verify } from '#adapters/webhook-fence/core/signature/verify.ts';
import { hmac, post, whsec } from './senders.ts';

const at = 1_800_000_000_000;
const body = '{"type":"payment"}';
const secret = 'whsec_test_secret';
const v1 = (timestamp: string, key = secret) => hmac('sha256', key, `${timestamp}.${body}`, 'hex');
const now = String(at / 1000);

const stripe = (headers: WebhookRequest['headers'], secrets = [{ value: secret }]) =>
  verify(schemes.stripe, { ...post(body, {}), headers }, { secrets, receivedAt: at });

describe('a signature header', () => {
  const good = `t=${now},v1=${v1(now)}`;

  it.each([
    ['is missing', {}, 'NO_SIGNATURE'],
    ['is an empty list', { 'stripe-signature': [] }, 'NO_SIGNATURE'],
    ['is empty', { 'stripe-signature': '' }, 'EMPTY_HEADER'],
    ['is doubled', { 'stripe-signature': [good, good] }, 'DOUBLED_HEADER'],
    ['is doubled in another case', { 'stripe-signature': good, 'Stripe-Signature': good }, 'DOUBLED_HEADER'],
    ['is doubled and joined by a gateway', { 'stripe-signature': `${good},${good}` }, 'MALFORMED_TIMESTAMP'],
    ['is overlong', { 'stripe-signature': `${good},v0=${'a'.repeat(5_000)}` }, 'HEADER_TOO_LONG'],
    ['holds a line break', { 'stripe-signature': `${good}\n` }, 'MALFORMED_HEADER'],
    ['holds no element', { 'stripe-signature': 'garbage' }, 'MALFORMED_SIGNATURE'],
    ['holds an element without value', { 'stripe-signature': `${good},v1=` }, 'MALFORMED_SIGNATURE'],
    ['holds an element without name', { 'stripe-signature': `${good},=a` }, 'MALFORMED_SIGNATURE'],
    ['ends in a separator', { 'stripe-signature': `${good},` }, 'MALFORMED_SIGNATURE'],
    ['holds only an unknown version', { 'stripe-signature': `t=${now},v0=${v1(now)}` }, 'NO_SIGNATURE'],
    ['is not hex', { 'stripe-signature': `t=${now},v1=zz` }, 'MALFORMED_SIGNATURE'],
    [
      'is upper-case hex',
      { 'stripe-signature': `t=${now},v1=${v1(now).toUpperCase()}` },
      'MALFORMED_SIGNATURE',
    ],
    ['is cut short', { 'stripe-signature': `t=${now},v1=${v1(now).slice(0, 62)}` }, 'SIGNATURE_MISMATCH'],
    [
      'holds too many',
      { 'stripe-signature': `t=${now}${`,v1=${'ab'.repeat(32)}`.repeat(17)}` },
      'TOO_MANY_SIGNATURES',
    ],
  ])('that %s is refused', (_, headers, reason) => {
    expect(stripe(headers)).toMatchObject({ verified: false, reason });
  });

  it('without its prefix is refused', () => {
    const headers = { 'x-hub-signature-256': hmac('sha256', 'k', body, 'hex') };
    const result = verify(schemes.github, post(body, headers), { secrets: [{ value: 'k' }], receivedAt: at });
    expect(result).toMatchObject({ reason: 'MALFORMED_SIGNATURE' });
  });

  it('passes when any of its signatures is right', () => {
    const wrong = v1(now, 'other');
    expect(stripe({ 'stripe-signature': `t=${now},v1=${wrong},v1=zz,v1=${v1(now)},v0=1` }).verified).toBe(
      true,
    );
  });

  it('in base64 that decodes to the right bytes but is not canonical is refused', () => {
    const signature = hmac('sha256', 'k', body, 'base64');
    const last = signature.at(-2)!;
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    const sloppy = `${signature.slice(0, -2)}${alphabet[alphabet.indexOf(last) ^ 1]}=`;
    expect(Buffer.from(sloppy, 'base64')).toEqual(Buffer.from(signature, 'base64'));
    const request = post(body, { 'x-shopify-hmac-sha256': sloppy });
    expect(verify(schemes.shopify, request, { secrets: [{ value: 'k' }], receivedAt: at }).verified).toBe(
      false,
    );
  });
});

describe('a timestamp', () => {
  const signed = (timestamp: string) => stripe({ 'stripe-signature': `t=${timestamp},v1=${v1(timestamp)}` });

  it.each([
    ['is negative', `-${now}`, 'MALFORMED_TIMESTAMP'],
    ['has a sign', `+${now}`, 'MALFORMED_TIMESTAMP'],
    ['is NaN', 'NaN', 'MALFORMED_TIMESTAMP'],
    ['is a word', 'yesterday', 'MALFORMED_TIMESTAMP'],
    ['is a fraction', `${now}.5`, 'MALFORMED_TIMESTAMP'],
    ['has an exponent', '18e8', 'MALFORMED_TIMESTAMP'],
    ['is hexadecimal', '0x6b49d200', 'MALFORMED_TIMESTAMP'],
    ['has a leading zero', `0${now}`, 'MALFORMED_TIMESTAMP'],
    ['is padded', ` ${now}`, 'MALFORMED_TIMESTAMP'],
    ['is zero', '0', 'MALFORMED_TIMESTAMP'],
    ['has twenty digits', '18000000000000000000', 'MALFORMED_TIMESTAMP'],
    ['lies an hour back', String(at / 1000 - 3_600), 'TIMESTAMP_TOO_OLD'],
    ['lies an hour ahead', String(at / 1000 + 3_600), 'TIMESTAMP_IN_FUTURE'],
    ['is in milliseconds', String(at), 'TIMESTAMP_IN_FUTURE'],
  ])('that %s is refused although the signature is right', (_, timestamp, reason) => {
    expect(signed(timestamp)).toMatchObject({ verified: false, reason });
  });

  it('in the wrong unit is named as such, for those who read the log', () => {
    expect(signed(String(at))).toMatchObject({ detail: expect.stringContaining('looks like milliseconds') });
  });

  it('that is missing is refused', () => {
    expect(stripe({ 'stripe-signature': `v1=${v1(now)}` })).toMatchObject({ reason: 'NO_TIMESTAMP' });
  });

  it('counts to the receipt, however late the request is verified', () => {
    const headers = { 'stripe-signature': `t=${now},v1=${v1(now)}` };
    const request = post(body, headers);
    expect(verify(schemes.stripe, request, { secrets: [{ value: secret }], receivedAt: at }).verified).toBe(
      true,
    );
    expect(
      verify(schemes.stripe, request, { secrets: [{ value: secret }], receivedAt: at + 86_400_000 }).verified,
    ).toBe(false);
  });
});

describe('a timestamp in the body (Linear)', () => {
  const linear = (text: string) => {
    const headers = { 'linear-signature': hmac('sha256', 'k', text, 'hex') };
    return verify(schemes.linear, post(text, headers), { secrets: [{ value: 'k' }], receivedAt: at });
  };

  it.each([
    ['in time', `{"webhookTimestamp":${at}}`, undefined],
    ['missing', '{"a":1}', 'NO_TIMESTAMP'],
    ['only deeper in the body', `{"data":{"webhookTimestamp":${at}}}`, 'NO_TIMESTAMP'],
    ['doubled', `{"webhookTimestamp":${at},"webhookTimestamp":${at}}`, 'MALFORMED_BODY'],
    ['text', `{"webhookTimestamp":"${at}"}`, undefined],
    ['negative', `{"webhookTimestamp":-${at}}`, 'MALFORMED_TIMESTAMP'],
    ['a fraction', `{"webhookTimestamp":${at}.5}`, 'MALFORMED_TIMESTAMP'],
    ['null', '{"webhookTimestamp":null}', 'MALFORMED_TIMESTAMP'],
    ['in seconds', `{"webhookTimestamp":${at / 1000}}`, 'TIMESTAMP_TOO_OLD'],
    ['in a body that is no object', '[]', 'NO_TIMESTAMP'],
    ['in a body that is not JSON', 'webhookTimestamp', 'MALFORMED_BODY'],
  ])('that is %s', (_, text, reason) => {
    expect(linear(text)).toMatchObject(
      reason ? { verified: false, reason } : { verified: true, timestamp: at },
    );
  });

  it('is not read before the signature is right', () => {
    const request = post('not json', { 'linear-signature': hmac('sha256', 'other', 'not json', 'hex') });
    expect(verify(schemes.linear, request, { secrets: [{ value: 'k' }], receivedAt: at })).toMatchObject({
      reason: 'SIGNATURE_MISMATCH',
    });
  });
});

describe('a delivery id', () => {
  const sign = (id: string, text = body) =>
    `v1,${hmac('sha256', Buffer.from(whsec.slice(6), 'base64'), `${id}.${now}.${text}`, 'base64')}`;
  const standard = (headers: WebhookRequest['headers'], text = body) =>
    verify(
      schemes['standard-webhooks'],
      { ...post(text, {}), headers: { 'webhook-timestamp': now, ...headers } },
      { secrets: [{ value: whsec }], receivedAt: at },
    );

  it('that the signature covers cannot be stripped', () => {
    expect(standard({ 'webhook-signature': sign('msg_1') })).toMatchObject({ reason: 'NO_ID' });
  });

  it('cannot take over a part of what follows it', () => {
    const signature = sign(`msg_1.${now}`, body);
    const result = standard({ 'webhook-id': `msg_1.${now}`, 'webhook-signature': signature });
    expect(result).toMatchObject({ reason: 'MALFORMED_ID' });
  });

  it.each([['x'.repeat(257)], ['two words']])('that is overlong or holds a blank is refused', id => {
    const result = standard({ 'webhook-id': id, 'webhook-signature': sign(id) });
    expect(result).toMatchObject({ reason: 'MALFORMED_ID' });
  });

  it('that the signature does not cover may be stripped: the content hash stays the same', () => {
    const signature = `sha256=${hmac('sha256', 'k', body, 'hex')}`;
    const check = (headers: Record<string, string>) =>
      verify(schemes.github, post(body, { 'x-hub-signature-256': signature, ...headers }), {
        secrets: [{ value: 'k' }],
        receivedAt: at,
      });
    const [withId, without] = [check({ 'x-github-delivery': 'd-1' }), check({})];
    expect(withId).toMatchObject({ deliveryId: 'd-1' });
    expect(without).toMatchObject({ verified: true, deliveryId: undefined });
    expect(without.verified && withId.verified && without.contentHash === withId.contentHash).toBe(true);
  });
});

describe('a body', () => {
  const github = (bytes: Uint8Array, key = 'k') => {
    const signature = `sha256=${hmac('sha256', key, bytes as never, 'hex')}`;
    return verify(
      schemes.github,
      { ...post('', { 'x-hub-signature-256': signature }), body: bytes },
      { secrets: [{ value: 'k' }], receivedAt: at },
    );
  };

  it('of no bytes is verified as such', () => {
    expect(github(new Uint8Array()).verified).toBe(true);
  });

  it('is verified as raw bytes, valid UTF-8 or not', () => {
    expect(github(Uint8Array.of(0xff, 0x00, 0xfe, 0x80)).verified).toBe(true);
  });
});

describe('an address that is signed (HubSpot v3)', () => {
  /** developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation */
  it('is signed with HubSpot’s list of escapes decoded, and no others, and the method in capitals', () => {
    const address = 'https://edge.example.com/h?q=%3a%2F%3F%40%21%24%27%28%29%2A%2C%3B%20%C3%A9';
    const decoded = "https://edge.example.com/h?q=:/?@!$'()*,;%20%C3%A9";
    const headers = {
      'x-hubspot-signature-v3': hmac('sha256', 'k', `POST${decoded}${body}${at}`, 'base64'),
      'x-hubspot-request-timestamp': String(at),
    };
    const request = { ...post(body, headers, address), method: 'post' };
    expect(verify(schemes.hubspot, request, { secrets: [{ value: 'k' }], receivedAt: at }).verified).toBe(
      true,
    );
  });
});

describe('secrets', () => {
  const headers = { 'stripe-signature': `t=${now},v1=${v1(now)}` };

  it.each([
    ['there is none', []],
    ['they are empty', [{ value: '' }]],
    ['they are for the handshake', [{ value: secret, use: 'handshake' as const }]],
  ])('are said to be unusable when %s', (_, secrets) => {
    expect(stripe(headers, secrets)).toMatchObject({ reason: 'NO_USABLE_SECRET' });
  });

  it.each([['bare base64 without its prefix'], ['whsec_not*base64'], ['whpk_dG9vIHNob3J0'], ['whsec_']])(
    'that are no key of the scheme are said to be unusable: %s',
    value => {
      const request = post(body, { 'webhook-signature': 'v1,aaaa' });
      const result = verify(schemes['standard-webhooks'], request, { secrets: [{ value }], receivedAt: at });
      expect(result).toMatchObject({ reason: 'NO_USABLE_SECRET' });
    },
  );

  it.each(['secp384r1', 'secp256k1'])(
    'that are a public key of another curve are unusable: %s',
    namedCurve => {
      const { publicKey } = generateKeyPairSync('ec', { namedCurve });
      const value = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
      const result = verify(schemes.sendgrid, post(body, {}), { secrets: [{ value }], receivedAt: at });
      expect(result).toMatchObject({ reason: 'NO_USABLE_SECRET' });
    },
  );

  it('pass whichever is right, and tell which', () => {
    const secrets = [{ value: 'new' }, { value: secret, use: 'signature' as const }, { value: secret }];
    expect(stripe(headers, secrets)).toMatchObject({ verified: true, secretIndex: 1 });
  });

  it('pass only the signatures of their own version', () => {
    const forged = hmac('sha256', Buffer.from(whsec.slice(6), 'base64'), `msg_1.${now}.${body}`, 'base64');
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': now,
      'webhook-signature': `v1a,${forged} v1,AAAA`,
    };
    const result = verify(schemes['standard-webhooks'], post(body, headers), {
      secrets: [{ value: whsec }],
      receivedAt: at,
    });
    expect(result).toMatchObject({ reason: 'SIGNATURE_MISMATCH' });
  });

  it('that are a public key are never taken for a shared one', () => {
    const whpk = `whpk_${Buffer.alloc(32, 1).toString('base64')}`;
    const forged = `v1,${hmac('sha256', Buffer.alloc(32, 1), `msg_1.${now}.${body}`, 'base64')}`;
    const request = post(body, {
      'webhook-id': 'msg_1',
      'webhook-timestamp': now,
      'webhook-signature': forged,
    });
    const result = verify(schemes['standard-webhooks'], request, {
      secrets: [{ value: whpk }],
      receivedAt: at,
    });
    expect(result).toMatchObject({ reason: 'SIGNATURE_MISMATCH' });
  });
});

it('a refusal holds no value of the request or the secret', () => {
  const refused = stripe({ 'stripe-signature': `t=${now},v1=${'ab'.repeat(32)}` });
  expect(JSON.stringify(refused)).not.toMatch(/abab|whsec|payment/);
});
