import { defineScheme } from '#adapters/webhook-fence/contract/define-scheme.ts';
import { defineWebhookFence } from '#adapters/webhook-fence/contract/define-webhook-fence.ts';
import { eventsOf, secretName } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { defineEvent } from '#shared/contract/define-event.ts';
import { ContractError } from '#shared/contract/options.ts';
import { fenceSpec, paid, paymentConfirmed } from '../flow/fences.ts';

const { kind: _, type: __, pii: ___, ...eventSpec } = paymentConfirmed;
const spoiled = (change: object) => () => defineWebhookFence({ ...fenceSpec, ...change } as never);
const fence = defineWebhookFence(fenceSpec);
const emitting = (change: object) => {
  const event = defineEvent({ ...eventSpec, ...change } as never);
  return { accepts: [{ ...paid, events: [event] }] };
};

const signedForm = { scheme: 'twilio', url: 'https://edge.example.com/x', body: 'form', skips: [] } as const;

const listed = (change: object = {}) => ({
  listing: {
    url: 'https://api.example.com/items?since={from}',
    auth: { header: 'x-token' },
    ...{ items: '/items', id: '/id', time: '/at', delivered: '/data/id', next: 'link-header', ...change },
  },
});

describe('defineWebhookFence', () => {
  it('fills in the defaults that are promised', () => {
    expect(fence).toMatchObject({
      kind: 'webhook-fence',
      direction: 'inbound',
      route: '/webhooks/pay-hooks',
      methods: ['POST'],
      body: 'json',
      payloadHash: 'body',
      throttle: { ratePerSecond: 50, burst: 100 },
      bodyBytesMax: 1_048_576,
      answers: { accepted: { status: 202 }, quarantined: { status: 202 }, conflict: { status: 409 } },
      replayHorizonDays: 40,
      retentionDays: 400,
    });
    expect(eventsOf(fence)).toEqual([paymentConfirmed]);
    expect(secretName({ name: 'dev', prefix: '' }, fence.id)).toBe('edge/dev/pay-hooks');
  });

  it('freezes what it makes, all the way down', () => {
    for (const part of [
      fence,
      fence.throttle,
      fence.idempotency,
      fence.accepts,
      fence.accepts[0],
      fence.skips,
    ])
      expect(Object.isFrozen(part)).toBe(true);
  });

  it('opens GET exactly where the provider proves the address so', () => {
    const meta = defineWebhookFence({ ...fenceSpec, scheme: 'meta', idempotency: { key: 'content' } });
    expect(meta.methods).toEqual(['POST', 'GET']);
  });

  it('takes a scheme of one’s own', () => {
    const scheme = defineScheme({
      kind: 'token',
      name: 'acme',
      token: { header: 'x-acme' },
      id: { header: 'x-id' },
    });
    expect(defineWebhookFence({ ...fenceSpec, scheme }).scheme).toBe(scheme);
  });

  it.each([
    ['an unknown option', { throttel: {} }, 'unknown option "throttel"; did you mean "throttle"?'],
    ['an unknown option of a rule', { accepts: [{ ...paid, wen: [] }] }, 'accepts: unknown option "wen"'],
    ['an id in capitals', { id: 'Pay' }, '"Pay" must be lower-case words'],
    ['an unknown scheme', { scheme: 'strype' }, 'scheme "strype" is not one of'],
    ['a broken scheme', { scheme: { kind: 'token', name: 'x', token: { header: 'X' } } }, 'in lower case'],
    ['a route that is no path', { route: 'webhooks' }, 'route must be a path'],
    ['a route that hides the status', { route: '/status/pay' }, 'no segment "status"'],
    [
      'a signed address without url',
      { scheme: 'square', idempotency: { key: 'content' } },
      'the scheme signs it',
    ],
    ['a url that nothing signs', { url: 'https://edge.example.com/x' }, 'url is of no use'],
    [
      'a url with a query',
      { scheme: 'square', idempotency: { key: 'content' }, url: 'https://edge.example.com/x?a=1' },
      'without query or fragment',
    ],
    [
      'a delivery id where there is none',
      { scheme: 'stripe' },
      'the scheme has no id header; name {bodyField}',
    ],
    ['a key that is no pointer', { idempotency: { key: { bodyField: 'id' } } }, 'must be a JSON pointer'],
    [
      'a form field that is a pointer',
      { body: 'form', idempotency: { key: { bodyField: '/id' } } },
      'a form field',
    ],
    [
      'a key from a form, whose fields are signed without borders',
      { ...signedForm, idempotency: { key: { bodyField: 'Sid' } } },
      'the signature does not fix each field',
    ],
    [
      'hashed fields of such a form',
      { ...signedForm, idempotency: { key: 'content' }, payloadHash: { fields: ['Sid'] } },
      'the signature does not fix each field',
    ],
    [
      'a key from fields of which not all are signed',
      { scheme: 'adyen', idempotency: { key: { bodyField: '/live' } } },
      'the signature does not fix each field',
    ],
    [
      'a form that nothing sets off from the signed address',
      { ...signedForm, scheme: 'square', idempotency: { key: 'content' } },
      'only JSON can be told from it',
    ],
    ['no hashed fields', { payloadHash: { fields: [] } }, 'payloadHash.fields must name at least one'],
    ['no rule', { accepts: [] }, 'accepts must hold at least one rule'],
    ['no event', { accepts: [{ ...paid, events: [] }] }, 'events must name at least one event'],
    ['a rule after one that takes all', { accepts: [{ ...paid, when: undefined }, paid] }, 'are never asked'],
    [
      'a when that asks nothing',
      { accepts: [{ ...paid, when: [] }] },
      'when must hold at least one condition',
    ],
    [
      'a header in capitals',
      { accepts: [{ ...paid, when: { header: 'X-T', is: 'a' } }] },
      'must be in lower case',
    ],
    ['a skip without reason', { skips: [{ when: 'otherwise', reason: ' ' }] }, 'must give its reason'],
    [
      'a fact that states a change',
      emitting({ name: 'created' }),
      'payments.payment.created.v1 states a change',
    ],
    ['a deletion', emitting({ name: 'deleted' }), 'states a change'],
    ['a decision', emitting({ category: 'process', name: 'approved' }), 'states a change'],
    ['an event of the suite', emitting({ category: 'operational', name: 'settled' }), 'states a change'],
    ['a tenant that nobody may be', { tenant: { from: '/shop', allowed: [] } }, 'tenant.allowed must name'],
    [
      'a tenant from no pointer',
      { tenant: { from: 'shop', allowed: ['a'] } },
      'tenant.from "shop" must be a JSON pointer',
    ],
    [
      'a body beyond 3,000,000 bytes',
      { bodyBytesMax: 3_000_001 },
      'bodyBytesMax must be a whole number from 1 to 3000000',
    ],
    [
      'a horizon shorter than retries go on',
      { scheme: 'adyen', idempotency: { key: 'content' }, replayHorizonDays: 29 },
      'replayHorizonDays must be a whole number from 30',
    ],
    [
      'a retention shorter than the horizon',
      { retentionDays: 39 },
      'retentionDays must be a whole number from 40',
    ],
    ['an address that is none', { allowFrom: ['192.0.2.0'] }, 'must be an address range'],
    ['a prefix too long', { allowFrom: ['192.0.2.0/33'] }, 'must be an address range'],
    ['no addresses', { allowFrom: [] }, 'allowFrom must name at least one'],
    ['half a concurrency', { maxConcurrency: 0.5 }, 'maxConcurrency must be a whole number from 1'],
    [
      'trust in a signed id',
      { idempotency: { key: 'delivery-id', trustUnsignedId: { reason: 'x' } } },
      'trustUnsignedId is of no use',
    ],
    [
      'trust without a reason',
      { scheme: 'github', idempotency: { key: 'delivery-id', trustUnsignedId: { reason: ' ' } } },
      'must give its reason',
    ],
    [
      'a shared secret for one tenant',
      { secrets: { sharedByTenants: { reason: 'x' } } },
      'secrets.sharedByTenants is of no use',
    ],
    [
      'a shared secret without a reason',
      { tenant: { from: '/a', allowed: ['a', 'b'] }, secrets: { sharedByTenants: { reason: '' } } },
      'must give its reason',
    ],
    [
      'tenants that a published key would have to prove',
      {
        scheme: {
          kind: 'jwt',
          token: { header: 'authorization', prefix: 'Bearer ' },
          algorithms: ['RS256'],
          keys: { jwks: 'https://keys.example.com/jwks.json' },
          bodyHash: { claim: 'body_sha256', algorithm: 'sha256', encoding: 'hex' },
        },
        idempotency: { key: 'content' },
        tenant: { from: '/a', allowed: ['a', 'b'] },
      },
      'a key that the provider publishes proves no tenant',
    ],
    [
      'a path that nothing proves',
      {
        tenant: { fromPath: true, allowed: ['a', 'b'] },
        secrets: { sharedByTenants: { reason: 'one sender' } },
      },
      'nothing proves the path',
    ],
    [
      'a path that only the check of the address holds',
      {
        scheme: {
          kind: 'token',
          name: 'agreed',
          token: { header: 'x-agreed-key' },
          handshakes: [
            {
              method: 'GET',
              proof: 'none',
              answer: { json: { a: { digest: 'sha256', of: '{handshake}{url}', encoding: 'hex' } } },
            },
          ],
        },
        idempotency: { key: 'content' },
        url: 'https://edge.example.com/hooks/{tenant}',
        tenant: { fromPath: true, allowed: ['a', 'b'] },
        secrets: { sharedByTenants: { reason: 'one sender' } },
      },
      'nothing proves the path',
    ],
    [
      'a route without the tenant',
      { tenant: { fromPath: true, allowed: ['a', 'b'] }, route: '/webhooks/a' },
      'must have the segment {tenant} once',
    ],
    [
      'a tenant in the route that nobody reads',
      { route: '/webhooks/{tenant}' },
      'of no use without tenant.fromPath',
    ],
    ['one tenant in the path', { tenant: { fromPath: true, allowed: ['a'] } }, 'at least two tenants'],
    ['a quota of nothing', { tenantQuota: { requests: 0, perSeconds: 1 } }, 'tenantQuota.requests must be'],
    [
      'an answer that asks for the delivery again',
      { answers: { accepted: { status: 503 } } },
      'answers.accepted: status must be one of 200, 201, 202, 204',
    ],
    ['an acceptance by 406', { answers: { accepted: { status: 406 } } }, 'status must be one of'],
    ['a conflict by 401', { answers: { conflict: { status: 401 } } }, '202, 204, 406, 409, 422'],
    ['a body of 204', { answers: { accepted: { status: 204, body: 'x' } } }, 'an answer 204 has no body'],
    [
      'a content type of nothing',
      { answers: { duplicate: { status: 200, contentType: 'text/xml' } } },
      'contentType is of no use without body',
    ],
    [
      'a content type with a line break',
      { answers: { accepted: { status: 200, body: 'x', contentType: 'text/xml\r\nx: y' } } },
      'must be a media type',
    ],
    [
      'an answer too long',
      { answers: { accepted: { status: 200, body: 'x'.repeat(1_025) } } },
      'at most 1024 bytes',
    ],
    ['a list by HTTP', listed({ url: 'http://api.example.com/x' }), 'listing: url must be https://'],
    ['a list at an address', listed({ url: 'https://10.0.0.7/x' }), 'which is no public name'],
    ['a list of this machine', listed({ url: 'https://a.localhost/x' }), 'which is no public name'],
    ['a list at a port', listed({ url: 'https://api.example.com:8443/x' }), 'listing: url must be https://'],
    ['a host to be filled in', listed({ url: 'https://{from}.example.com/x' }), 'listing: url must be'],
    ['a path to be filled in', listed({ url: 'https://api.example.com/{to}' }), 'in its query'],
    [
      'a placeholder of one’s own',
      listed({ url: 'https://api.example.com/x?a={token}' }),
      'knows the placeholders',
    ],
    ['a list without its pages', listed({ next: { cursor: '/next' } }), 'goes with next: {cursor}'],
    ['a header in capitals', listed({ auth: { header: 'X-Token' } }), 'in lower case'],
    ['a list with an unknown option', listed({ idPath: '/id' }), 'listing: unknown option "idPath"'],
    [
      'a list of several tenants',
      { ...listed(), tenant: { from: '/a', allowed: ['a', 'b'] } },
      'a token of its own',
    ],
    ['an unknown answer', { answers: { accept: { status: 200 } } }, 'did you mean "accepted"'],
  ])('refuses %s', (_name, change, message) => {
    expect(spoiled(change)).toThrow(ContractError);
    expect(spoiled(change)).toThrow(message);
  });

  it('names the fence in every refusal', () => {
    expect(spoiled({ accepts: [] })).toThrow('webhook fence pay-hooks: accepts');
  });

  it('takes observations and commands', () => {
    for (const name of ['updated', 'published', 'confirmed', 'failed'])
      expect(spoiled(emitting({ name }))).not.toThrow();
    expect(spoiled(emitting({ category: 'process', name: 'requested' }))).not.toThrow();
  });
});
