import { apiKeyScheme } from '#adapters/webhook-fence/contract/define-scheme.ts';
import { schemes } from '#adapters/webhook-fence/core/signature/schemes.ts';
import { verify } from '#adapters/webhook-fence/core/signature/verify.ts';
import { post } from './senders.ts';

const basic = (credentials: string) => `Basic ${Buffer.from(credentials).toString('base64')}`;
const secrets = [{ value: 'user:pass:word' }, { value: 'old-user:old' }];
const withBasic = (authorization: string) =>
  verify(schemes['basic-auth'], post('{}', { authorization }), { secrets, receivedAt: 0 });

describe('basic authentication (RFC 7617: no SDK, no vector)', () => {
  it('passes user and password, in which a colon may stand', () => {
    expect(withBasic(basic('user:pass:word'))).toMatchObject({ verified: true, secretIndex: 0 });
    expect(withBasic(basic('old-user:old'))).toMatchObject({ verified: true, secretIndex: 1 });
  });

  it('takes the scheme in any case, as RFC 9110 has it', () => {
    expect(withBasic(basic('user:pass:word').replace('Basic', 'bAsIc')).verified).toBe(true);
  });

  it.each([
    [basic('user:wrong'), 'SIGNATURE_MISMATCH'],
    [basic('user'), 'SIGNATURE_MISMATCH'],
    [basic('user:pass:word').replace('Basic', 'Bearer'), 'MALFORMED_SIGNATURE'],
    ['Basic ***', 'MALFORMED_SIGNATURE'],
    ['Basic ', 'SIGNATURE_MISMATCH'],
  ])('refuses %s', (authorization, reason) => {
    expect(withBasic(authorization)).toMatchObject({ verified: false, reason });
  });
});

describe('a token in a header (GitLab and API keys: documented as plain, no SDK signs them)', () => {
  it.each([
    ['gitlab', schemes.gitlab, 'X-Gitlab-Token'],
    ['api-key', schemes['api-key'], 'X-Api-Key'],
    ['a custom header', apiKeyScheme({ name: 'acme', header: 'x-acme-key' }), 'X-Acme-Key'],
  ] as const)('%s passes any valid token and no other', (_, scheme, header) => {
    const check = (token: string) =>
      verify(scheme, post('{}', { [header]: token }), {
        secrets: [{ value: 'new' }, { value: 'old' }],
        receivedAt: 0,
      });
    expect(check('new')).toMatchObject({ verified: true, secretIndex: 0 });
    expect(check('old')).toMatchObject({ verified: true, secretIndex: 1 });
    for (const wrong of ['ne', 'neww', 'New', 'new,old'])
      expect(check(wrong)).toMatchObject({ verified: false, reason: 'SIGNATURE_MISMATCH' });
    expect(check('')).toMatchObject({ reason: 'EMPTY_HEADER' });
    expect(verify(scheme, post('{}', {}), { secrets: [{ value: 'new' }], receivedAt: 0 })).toMatchObject({
      reason: 'NO_SIGNATURE',
    });
    expect(
      verify(scheme, post('{}', { [header]: 'x' }), { secrets: [{ value: '' }], receivedAt: 0 }),
    ).toMatchObject({
      reason: 'NO_USABLE_SECRET',
    });
  });

  it('names GitLab’s delivery, the same for its retries', () => {
    const request = post('{}', { 'x-gitlab-token': 't', 'Idempotency-Key': 'k-1' });
    expect(verify(schemes.gitlab, request, { secrets: [{ value: 't' }], receivedAt: 0 })).toMatchObject({
      deliveryId: 'k-1',
    });
  });
});
