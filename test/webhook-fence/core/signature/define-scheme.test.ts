import { defineScheme, hmacScheme } from '#adapters/webhook-fence/contract/define-scheme.ts';
import { coverageOf } from '#adapters/webhook-fence/contract/webhook-coverage.ts';
import {
  type Algorithm,
  providers,
  type SignedScheme,
} from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import { schemes } from '#adapters/webhook-fence/core/signature/schemes.ts';
import { verify } from '#adapters/webhook-fence/core/signature/verify.ts';
import { hmac, post } from './senders.ts';

const acme: SignedScheme = {
  kind: 'signed',
  name: 'acme',
  signature: { header: 'x-acme-signature', prefix: 'sha256=' },
  signers: [{ algorithm: 'hmac-sha256', encoding: 'hex' }],
  content: '{timestamp}.{body}',
  timestamp: { from: { header: 'x-acme-timestamp' }, format: 'seconds', toleranceSeconds: 300 },
};
const two = { algorithm: 'hmac-sha256', encoding: 'hex' } as const;
const list = { header: 'x-acme-signature', elements: { separator: ', ', assignment: '=' } };

describe('defineScheme', () => {
  it('takes a provider that is not in the list in a few lines', () => {
    const scheme = defineScheme(acme);
    const signature = `sha256=${hmac('sha256', 'k', '1800000000.{}', 'hex')}`;
    const request = post('{}', { 'x-acme-signature': signature, 'x-acme-timestamp': '1800000000' });
    expect(
      verify(scheme, request, { secrets: [{ value: 'k' }], receivedAt: 1_800_000_000_000 }),
    ).toMatchObject({
      verified: true,
      timestamp: 1_800_000_000_000,
    });
  });

  it('gives frozen data', () => {
    const scheme = defineScheme({ ...acme, signers: [{ ...two }] });
    expect(Object.isFrozen(scheme)).toBe(true);
    expect(Object.isFrozen(scheme.signers[0])).toBe(true);
  });

  it('lets a known scheme be declared again with another tolerance', () => {
    const stripe = schemes.stripe as SignedScheme;
    const patient = defineScheme({ ...stripe, timestamp: { ...stripe.timestamp!, toleranceSeconds: 600 } });
    expect(patient.timestamp.toleranceSeconds).toBe(600);
  });

  it.each<[string, object, string]>([
    ['an unknown option', { tolerance: 5 }, 'unknown option "tolerance"'],
    ['an unknown kind', { kind: 'magic' }, 'kind "magic"'],
    ['a bad name', { name: 'Acme!' }, 'lower-case words'],
    ['an unknown signature option', { signature: { header: 'x', prefx: '' } }, 'did you mean "prefix"'],
    ['an unknown signer option', { signers: [{ ...two, secret: 'x' }] }, 'unknown option "secret"'],
    ['an unknown algorithm', { signers: [{ ...two, algorithm: 'md5' }] }, 'algorithm "md5"'],
    ['an unknown encoding', { signers: [{ ...two, encoding: 'rot13' }] }, 'encoding "rot13"'],
    ['no signer', { signers: [] }, 'at least one'],
    ['no signature header', { signature: undefined }, 'must name the header'],
    ['a header in capitals', { signature: { header: 'X-Acme' } }, 'in lower case'],
    ['an unknown placeholder', { content: '{timestamp}.{bdy}' }, 'placeholder "bdy"'],
    ['an unknown named content', { content: { named: 'acme' } }, 'content.named "acme"'],
    ['a body that is not signed', { content: '{timestamp}' }, 'body must be part'],
    ['a timestamp that is not signed', { content: '{body}' }, 'protects nothing'],
    ['a timestamp from nowhere', { timestamp: undefined }, 'needs a timestamp'],
    ['an id from nowhere', { content: '{id}.{timestamp}.{body}' }, 'needs id.header'],
    ['a tolerance of a day', { timestamp: { ...acme.timestamp, toleranceSeconds: 86_400 } }, '1 to 3600'],
    ['a tolerance of nothing', { timestamp: { ...acme.timestamp, toleranceSeconds: 0 } }, '1 to 3600'],
    ['an unknown time format', { timestamp: { ...acme.timestamp, format: 'days' } }, 'format "days"'],
    ['an element without a list', { timestamp: { ...acme.timestamp, from: { element: 't' } } }, 'is a list'],
    ['a signer that names no element of a list', { signature: list }, 'names an element exactly'],
    [
      'a list with a prefix',
      { signature: { ...list, prefix: 'a' }, signers: [{ ...two, element: 'v1' }] },
      'no prefix',
    ],
    [
      'separators that are the same',
      { signature: { header: 'x', elements: { separator: '=', assignment: '=' } } },
      'different',
    ],
    ['a public key as text', { signers: [{ algorithm: 'ed25519', encoding: 'hex' }] }, 'base64, hex or pem'],
    ['an unknown handshake', { handshake: 'firm' }, 'unknown option "handshake"'],
    ['a retry field that is none', { retryFields: ['/a/'] }, 'must be a JSON pointer'],
    [
      'retry fields beside signed fields',
      { content: { named: 'twilio' }, timestamp: undefined, retryFields: ['/a'] },
      'need a signature over the body',
    ],
    ['an unknown id option', { id: { field: 'x' } }, 'unknown option "field"'],
    [
      'several signers whose keys could be mistaken',
      {
        signature: list,
        signers: [
          { ...two, element: 'v1' },
          { algorithm: 'ed25519', encoding: 'hex', element: 'v2', key: { encoding: 'hex' } },
        ],
      },
      'key prefix each',
    ],
  ])('refuses %s', (_, change, message) => {
    expect(() => defineScheme({ ...acme, ...change } as SignedScheme)).toThrow(message);
  });

  it('refuses an unknown option of a token', () => {
    const token = { header: 'x-key', encodng: 'base64' };
    expect(() => defineScheme({ kind: 'token', name: 'acme', token } as never)).toThrow(
      'did you mean "encoding"',
    );
  });
});

describe('hmacScheme (generic: node:crypto is the reference)', () => {
  const algorithms = ['hmac-sha1', 'hmac-sha256', 'hmac-sha512'] as const satisfies readonly Algorithm[];
  const encodings = ['hex', 'hex-upper', 'base64', 'base64url'] as const;
  const cases = algorithms.flatMap(algorithm => encodings.map(encoding => ({ algorithm, encoding })));

  it.each(cases)('verifies $algorithm in $encoding', ({ algorithm, encoding }) => {
    const scheme = hmacScheme({
      name: 'acme',
      header: 'x-sig',
      algorithm,
      encoding,
      prefix: 'v=',
      idHeader: 'x-id',
    });
    const digest = Buffer.from(hmac(algorithm.slice(5), 'k', 'body', 'hex'), 'hex');
    const text = encoding === 'hex-upper' ? digest.toString('hex').toUpperCase() : digest.toString(encoding);
    const check = (signature: string) =>
      verify(scheme, post('body', { 'x-sig': signature, 'x-id': '7' }), {
        secrets: [{ value: 'k' }],
        receivedAt: 0,
      });
    expect(check(`v=${text}`)).toMatchObject({ verified: true, deliveryId: '7' });
    expect(check(`v=${text.slice(1)}${text[0]}`).verified).toBe(false);
  });
});

describe('the table', () => {
  it('knows every provider under its own name', () => {
    for (const provider of providers) expect(schemes[provider].name).toBe(provider);
  });

  it('says what each scheme vouches for', () => {
    const covered = (what: string) => providers.filter(provider => coverageOf(schemes[provider]) === what);
    expect(covered('sender')).toEqual(['gitlab', 'basic-auth', 'api-key']);
    expect(covered('form')).toEqual(['twilio']);
    expect(covered('fields')).toEqual(['adyen']);
  });
});
