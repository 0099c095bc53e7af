import fc from 'fast-check';
import type { WebhookRequest } from '#adapters/webhook-fence/core/signature/request.ts';
import { schemes } from '#adapters/webhook-fence/core/signature/schemes.ts';
import { verify } from '#adapters/webhook-fence/core/signature/verify.ts';
import { type Delivery, type Sender, senders } from './senders.ts';

const runs = { numRuns: 60 };

const forms = fc
  .array(fc.tuple(fc.string({ minLength: 1, unit: 'grapheme' }), fc.string({ unit: 'grapheme' })), {
    minLength: 1,
    maxLength: 6,
  })
  .map(pairs => new URLSearchParams(pairs).toString());

const deliveries = ({ bodies }: Sender): fc.Arbitrary<Delivery> =>
  fc.record({
    body: bodies === 'form' ? forms : fc.json(),
    sentAt: fc.integer({ min: 1_500_000_000, max: 2_500_000_000 }).map(seconds => seconds * 1000),
    id: fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/),
  });

const flip = (bytes: Uint8Array, bit: number): Uint8Array => {
  const changed = Uint8Array.from(bytes);
  changed[bit >> 3]! ^= 1 << (bit & 7);
  return changed;
};

/** The request with one bit changed in what is signed, counted through the body and then the signed headers. */
function withOneBitChanged(
  request: WebhookRequest,
  signedHeaders: readonly string[],
  at: number,
): WebhookRequest {
  const parts = [request.body, ...signedHeaders.map(name => Buffer.from(String(request.headers[name])))];
  const bits = parts.reduce((sum, part) => sum + part.length * 8, 0);
  let bit = at % bits;
  const index = parts.findIndex(part => {
    if (bit < part.length * 8) return true;
    bit -= part.length * 8;
    return false;
  });
  const changed = flip(parts[index]!, bit);
  if (index === 0) return { ...request, body: changed };
  const text = Buffer.from(changed).toString('latin1');
  return { ...request, headers: { ...request.headers, [signedHeaders[index - 1]!]: text } };
}

/** Twilio signs a form's fields, not its bytes: `%2B` and `%2b` are the same field. */
const sameForm = (a: WebhookRequest, b: WebhookRequest): boolean =>
  a.headers === b.headers && decoded(a) === decoded(b);
const decoded = ({ body }: WebhookRequest) =>
  JSON.stringify(
    [...new Set([...new URLSearchParams(Buffer.from(body).toString('latin1'))].map(String))].sort(),
  );

const randomCase = (name: string, seed: number): string =>
  [...name].map((character, i) => ((seed >> (i % 31)) & 1 ? character.toUpperCase() : character)).join('');

describe.each(senders)('$name', sender => {
  const scheme = schemes[sender.provider];
  const rule = scheme.kind === 'signed' ? scheme.timestamp : undefined;
  const toleranceMs = (rule?.toleranceSeconds ?? 3_600) * 1000;

  it('passes any signed request within the tolerance, either way', async () => {
    await fc.assert(
      fc.asyncProperty(
        deliveries(sender),
        fc.integer({ min: -toleranceMs, max: toleranceMs }),
        async (delivery, late) => {
          const request = await sender.send(delivery);
          const result = verify(scheme, request, {
            secrets: [sender.secret],
            receivedAt: delivery.sentAt + late,
          });
          expect(result).toMatchObject({ verified: true, secretIndex: 0 });
        },
      ),
      runs,
    );
  });

  it('refuses any one-bit change of body, timestamp, signed id or signature', async () => {
    await fc.assert(
      fc.asyncProperty(deliveries(sender), fc.nat(), async (delivery, at) => {
        const request = await sender.send(delivery);
        const changed = withOneBitChanged(request, sender.signedHeaders, at);
        if (sender.bodies === 'form' && sameForm(request, changed)) return;
        expect(
          verify(scheme, changed, { secrets: [sender.secret], receivedAt: delivery.sentAt }).verified,
        ).toBe(false);
      }),
      { numRuns: 250 },
    );
  });

  it('takes header names in any case', async () => {
    await fc.assert(
      fc.asyncProperty(deliveries(sender), fc.nat(), async (delivery, seed) => {
        const request = await sender.send(delivery);
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [randomCase(name, seed), value]),
        );
        expect(
          verify(scheme, { ...request, headers }, { secrets: [sender.secret], receivedAt: delivery.sentAt })
            .verified,
        ).toBe(true);
      }),
      runs,
    );
  });

  it.each(sender.signedHeaders.map(name => [name]))(
    'refuses it when %s is missing, empty or doubled',
    async name => {
      const delivery = { body: 'a=1', sentAt: 1_800_000_000_000, id: 'd-1' };
      const request = await sender.send(delivery);
      const value = String(request.headers[name]);
      const check = (given: string | string[] | undefined) =>
        verify(
          scheme,
          { ...request, headers: { ...request.headers, [name]: given } },
          { secrets: [sender.secret], receivedAt: delivery.sentAt },
        );
      expect(check(undefined)).toMatchObject({
        reason: expect.stringMatching(/^NO_(SIGNATURE|TIMESTAMP|ID)$/),
      });
      expect(check('')).toMatchObject({ reason: 'EMPTY_HEADER' });
      expect(check([value, value])).toMatchObject({ reason: 'DOUBLED_HEADER' });
      expect(check(value.padEnd(4_097, 'a'))).toMatchObject({ reason: 'HEADER_TOO_LONG' });
    },
  );

  it('refuses a request signed with another secret', async () => {
    const delivery = { body: 'a=1', sentAt: 1_800_000_000_000, id: 'd-1' };
    const request = await sender.send(delivery);
    const other = otherSecret(sender);
    expect(verify(scheme, request, { secrets: [other], receivedAt: delivery.sentAt })).toMatchObject({
      reason: 'SIGNATURE_MISMATCH',
    });
    expect(
      verify(scheme, request, { secrets: [other, sender.secret], receivedAt: delivery.sentAt }),
    ).toMatchObject({
      verified: true,
      secretIndex: 1,
    });
  });

  if (rule)
    it('refuses what was signed just outside the tolerance', async () => {
      const delivery = { body: '{}', sentAt: 1_800_000_000_000, id: 'd-1' };
      const request = await sender.send(delivery);
      const check = (late: number) =>
        verify(scheme, request, { secrets: [sender.secret], receivedAt: delivery.sentAt + late });
      expect(check(toleranceMs + 1000)).toMatchObject({ reason: 'TIMESTAMP_TOO_OLD' });
      expect(check(-toleranceMs - 1000)).toMatchObject({ reason: 'TIMESTAMP_IN_FUTURE' });
    });
});

const otherKeys: Partial<Record<string, string>> = {
  'standard-webhooks': 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  svix: 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  sendgrid:
    'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==',
};

const otherSecret = ({ provider }: Sender) => ({ value: otherKeys[provider] ?? 'another secret' });
