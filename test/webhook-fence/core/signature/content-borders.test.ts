import fc from 'fast-check';
import { defineScheme } from '#adapters/webhook-fence/contract/define-scheme.ts';
import type { SignedScheme } from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import { verify } from '#adapters/webhook-fence/core/signature/verify.ts';
import { hmac, post } from './senders.ts';

const key = 'k';
const now = 1_800_000_000;

const schemeOf = (content: string) =>
  defineScheme({
    kind: 'signed',
    name: 'acme',
    signature: { header: 'x-sig' },
    signers: [{ algorithm: 'hmac-sha256', encoding: 'hex' }],
    content,
    ...(content.includes('{id}') && { id: { header: 'x-id' } }),
    ...(content.includes('{timestamp}') && {
      timestamp: { from: { header: 'x-time' }, format: 'seconds', toleranceSeconds: 300 },
    }),
  } as SignedScheme);

describe('a scheme in which parts of any length are signed without a border', () => {
  it.each([
    ['{id}{body}', '{id} needs text'],
    ['{body}{id}', '{id} needs text'],
    ['{id}{timestamp}.{body}', '{id} needs text'],
    ['{timestamp}{id}.{body}', '{id} needs text'],
    ['{body}{form}', '{body} and {form} need text between them'],
    ['{url}{timestamp}{decodedUrl}.{body}', '{url} and {decodedUrl} need text between them'],
  ])('is refused: %s', (content, message) => {
    expect(() => schemeOf(content)).toThrow(message);
  });

  it.each([
    '{id}.{timestamp}.{body}',
    '{timestamp}{body}',
    '{body}{timestamp}',
    '{method}{decodedUrl}{body}{timestamp}',
    '{url}{body}',
    '{body}{url}',
    '{url}{form}',
    '{timestamp}-{id}-{body}',
    '{body}|{id}',
  ])('is taken where it has one, or needs none: %s', content => {
    expect(schemeOf(content).content).toBe(content);
  });
});

const word = (max: number) => fc.string({ unit: fc.constantFrom(...'a1=&.-'), minLength: 1, maxLength: max });

describe.each([
  ['{id}.{body}'],
  ['{id}.{timestamp}.{body}'],
  ['{timestamp}.{id}.{body}'],
  ['{id}--{body}'],
  ['{body}.{id}'],
  ['{body}--{id}'],
  ['{timestamp}{body}.{id}'],
])('what is signed as %s', content => {
  const scheme = schemeOf(content);
  const textOf = (id: string, body: string) =>
    content.replace('{id}', id).replace('{timestamp}', String(now)).replace('{body}', body);
  const verified = (id: string, body: string, signature: string) =>
    verify(scheme, post(body, { 'x-sig': signature, 'x-id': id, 'x-time': String(now) }), {
      secrets: [{ value: key }],
      receivedAt: now * 1000,
    }).verified;

  it('can be taken apart in one way alone: nobody makes another id and body of a genuine request', () => {
    fc.assert(
      fc.property(word(6), word(8), (id, body) => {
        const text = textOf(id, body);
        const signature = hmac('sha256', key, text, 'hex');
        if (!verified(id, body, signature)) return;
        for (const [otherId, otherBody] of cuts(content, text, id.length + body.length))
          if (otherId !== id && textOf(otherId, otherBody) === text)
            expect([otherId, otherBody, verified(otherId, otherBody, signature)]).toEqual([
              otherId,
              otherBody,
              false,
            ]);
      }),
      { numRuns: 200 },
    );
  });
});

/** Every id and body of that many characters together that may stand in the text. */
function cuts(content: string, text: string, characters: number): [id: string, body: string][] {
  const [head = '', , tail = ''] = content.replaceAll('{timestamp}', String(now)).split(/\{(?:id|body)\}/);
  const isIdFirst = content.indexOf('{id}') < content.indexOf('{body}');
  return Array.from({ length: characters + 1 }, (_, length) => {
    const first = text.slice(head.length, head.length + length);
    const last = text.slice(text.length - tail.length - (characters - length), text.length - tail.length);
    return isIdFirst ? [first, last] : [last, first];
  });
}
