import { defineScheme } from '#adapters/webhook-fence/contract/define-scheme.ts';
import type { Handshake } from '#adapters/webhook-fence/contract/webhook-handshake.ts';
import type { SignedScheme, TokenScheme } from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import { traitsOfDeclared } from '#adapters/webhook-fence/contract/webhook-traits.ts';
import { parcelTopic } from '../../guides/schemes/aws-sns.ts';
import { fenceWith } from '../flow/fences.ts';

const acme: SignedScheme = {
  kind: 'signed',
  name: 'acme',
  signature: { header: 'x-sig' },
  signers: [{ algorithm: 'hmac-sha256', encoding: 'hex' }],
  content: '{body}',
};
const time = { from: { header: 'x-time' }, format: 'rfc3339', toleranceSeconds: 300 } as const;

describe('a signed scheme', () => {
  it.each<[string, object, string]>([
    [
      'a signature at two places',
      { signature: { header: 'x', field: '/y' } },
      'must name one of header, field',
    ],
    ['a signature at none', { signature: { prefix: 'a' } }, 'must name one of header, field'],
    ['a signature in the query', { signature: { query: 'sig' } }, 'unknown option "query"'],
    ['no header in a list of them', { signature: { header: [] } }, 'must name at least one'],
    ['a field that is no pointer', { signature: { field: '/a//b' } }, 'must be a JSON pointer'],
    [
      'a plain hash without the secret',
      { signers: [{ algorithm: 'sha256', encoding: 'hex' }] },
      'is keyed by {secret}',
    ],
    ['the secret in a HMAC', { content: '{secret}{body}' }, 'is keyed by {secret}'],
    [
      'the secret after the body',
      { content: '{body}{secret}', signers: [{ algorithm: 'sha256', encoding: 'hex' }] },
      'stands at the beginning',
    ],
    [
      'a shared secret as PEM',
      { signers: [{ algorithm: 'hmac-sha256', encoding: 'hex', key: { encoding: 'pem' } }] },
      'not written in pem',
    ],
    [
      'an unknown derivation',
      { signers: [{ algorithm: 'hmac-sha1', encoding: 'hex', key: { encoding: 'utf8', hashed: 'md5' } }] },
      'key.hashed "md5"',
    ],
    ['a checksum in the place of the body', { content: '{crc32}' }, 'unsignedBody gives a reason'],
    ['a field in the place of the body', { content: '{field:/token}' }, 'unsignedBody gives a reason'],
    ['an empty reason', { content: '{crc32}', unsignedBody: { reason: ' ' } }, 'must give its reason'],
    ['a reason for a body that is signed', { unsignedBody: { reason: 'x' } }, 'the body is signed'],
    ['a placeholder that names nothing', { content: '{header:}{body}' }, "header's name in lower case"],
    ['a placeholder that may name nothing', { content: '{body:x}' }, 'names nothing after a colon'],
    [
      'two named values without a border',
      { content: '{header:x-a}{field:/b}.{body}' },
      'need text between them',
    ],
    ['a named value beside an address', { content: '{header:x-a}{url}.{body}' }, 'need text between them'],
    [
      'an id beside a time in digits',
      { content: '{id}{timestamp}{body}', id: { header: 'x-id' }, timestamp: { ...time, format: 'seconds' } },
      '{id} needs text',
    ],
    [
      'a certificate of any host',
      { certificate: { from: { header: 'x-cert' }, urls: ['https://*.acme.example/*.pem'] } },
      'complete host',
    ],
    [
      'a certificate from nowhere',
      { certificate: { from: { header: 'x-cert' }, urls: [] } },
      'at least one address',
    ],
    ['an expectation of nothing', { expects: [{ field: '/a', is: [] }] }, 'at least one value'],
    ['no topic of Amazon SNS', { ...parcelTopic, expects: [] }, 'must name your topics'],
    ['no name of a handshake', { handshakes: 'slack' }, 'handshake'],
  ])('is refused with %s', (_, change, message) => {
    expect(() => defineScheme({ ...acme, ...change } as SignedScheme)).toThrow(message);
  });

  it('may sign an id beside a time whose form is fixed, which then is the border', () => {
    const twitch = { ...acme, content: '{id}{timestamp}{body}', id: { header: 'x-id' } };
    expect(() => defineScheme({ ...twitch, timestamp: time })).not.toThrow();
    expect(() => defineScheme({ ...twitch, timestamp: { ...time, format: 'http-date' } })).not.toThrow();
  });

  it('that hashes the secret with the body is for JSON only, because a hash can be continued', () => {
    const recharge = {
      ...acme,
      signers: [{ algorithm: 'sha256', encoding: 'hex' }],
      content: '{secret}{body}',
    } as const;
    expect(traitsOfDeclared(recharge).jsonOnly).toBe(true);
    expect(() => fenceWith({ scheme: recharge, idempotency: { key: 'content' }, body: 'form' })).toThrow(
      "body 'form'",
    );
  });

  it('over some fields names deliveries only by these', () => {
    const fence = (bodyField: string) => () =>
      fenceWith({ scheme: parcelTopic, idempotency: { key: { bodyField } } });
    expect(fence('/MessageId')).not.toThrow();
    expect(fence('/UnsubscribeURL')).toThrow('does not fix each field');
  });
});

describe('a handshake', () => {
  const get: Handshake = { method: 'GET', proof: 'none', answer: { text: '{query:challenge}' } };

  it.each<[string, object, string]>([
    ['an unknown option', { echo: 'x' }, 'unknown option "echo"'],
    ['an unknown method', { method: 'PUT' }, 'method "PUT"'],
    ['a POST that could be a delivery', { method: 'POST' }, 'to be told from a delivery'],
    ['an unknown proof', { proof: 'trust' }, 'proof "trust"'],
    ['a proof from nowhere', { proof: { token: {} } }, 'must name one of'],
    ['a status that refuses', { answer: { status: 404 } }, 'must be 200 or 204'],
    ['two bodies', { answer: { text: 'a', json: {} } }, 'text or json'],
    ['a body with 204', { answer: { status: 204, text: 'a' } }, 'none with 204'],
    ['the secret in a text', { answer: { text: '{secret}' } }, 'placeholder "secret"'],
    ['the handshake’s secret in a text', { answer: { text: '{handshake}' } }, 'placeholder "handshake"'],
    [
      'the secret in a digest',
      { answer: { json: { a: { digest: 'sha256', of: '{secret}', encoding: 'hex' } } } },
      'placeholder "secret"',
    ],
    [
      'an unknown digest',
      { answer: { json: { a: { digest: 'md5', of: 'x', encoding: 'hex' } } } },
      'digest "md5"',
    ],
    ['a header in capitals', { answer: { headers: { 'X-Hook': 'x' } } }, 'in lower case'],
    [
      'a visit that nobody proved',
      { visit: { field: '/u', urls: ['https://a.example/x'] } },
      'needs proof: scheme',
    ],
    [
      'a visit of any host',
      { proof: 'scheme', visit: { field: '/u', urls: ['https://*.example/x'] } },
      'complete host',
    ],
  ])('is refused with %s', (_, change, message) => {
    expect(() => defineScheme({ ...acme, handshakes: [{ ...get, ...change } as Handshake] })).toThrow(
      message,
    );
  });

  const signing: Handshake = {
    ...get,
    answer: { json: { token: { digest: 'hmac-sha256', of: '{query:crc}', encoding: 'base64' } } },
  };
  const jwt = {
    kind: 'jwt',
    name: 'acme',
    token: { header: 'x-jwt' },
    algorithms: ['HS256'],
    keys: 'secret',
  };

  it.each<[string, object]>([
    ['a JSON Web Token', jwt],
    ['a form', { ...acme, content: '{form}' }],
    ['a time alone', { ...acme, content: '{timestamp}', timestamp: time, unsignedBody: { reason: 'Acme.' } }],
  ])('signs no text of anyone where the secret also signs %s', (_, scheme) => {
    const declared = (handshake: Handshake) => () =>
      defineScheme({ ...(scheme as SignedScheme), handshakes: [handshake] });
    expect(declared(get)).not.toThrow();
    expect(declared(signing)).toThrow('could be a delivery');
  });

  it('that signs text of anyone is for JSON only', () => {
    const scheme = defineScheme({ ...acme, handshakes: [signing] });
    const fence = (changes: object) => () =>
      fenceWith({ scheme, idempotency: { key: 'content' }, ...changes });
    expect(fence({})).not.toThrow();
    expect(fence({ body: 'form' })).toThrow('a form could be forged');
    expect(fence({ formField: 'payload' })).toThrow('a form could be forged');
  });

  it('gives the fence the methods that it needs', () => {
    const head: Handshake = { method: 'HEAD', proof: 'none', answer: {} };
    const scheme = defineScheme({ ...acme, handshakes: [get, head, { ...get, when: [{ query: 'a' }] }] });
    expect(fenceWith({ scheme, idempotency: { key: 'content' } }).methods).toEqual(['POST', 'GET', 'HEAD']);
  });
});

describe('a token', () => {
  it.each<[string, object, string]>([
    ['two places', { header: 'x', query: 'key' }, 'must name one of'],
    ['a query parameter with blanks', { query: 'my key' }, 'name of a query parameter'],
    ['an unknown encoding', { query: 'key', encoding: 'rot13' }, 'token.encoding "rot13"'],
  ])('is refused with %s', (_, token, message) => {
    expect(() => defineScheme({ kind: 'token', name: 'acme', token } as TokenScheme)).toThrow(message);
  });
});
