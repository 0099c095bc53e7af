import { schemes } from '#adapters/webhook-fence/core/signature/schemes.ts';
import { verify } from '#adapters/webhook-fence/core/signature/verify.ts';
import { hmac, post } from './senders.ts';

const key = '44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056';

interface Item {
  pspReference: string;
  originalReference?: string;
  merchantAccountCode: string;
  merchantReference: string;
  amount: { value: number; currency: string };
  eventCode: string;
  success: string;
}

const item: Item = {
  pspReference: '7914073381342284',
  merchantAccountCode: 'TestMerchant',
  merchantReference: 'TestPayment-1407325143704',
  amount: { value: 1130, currency: 'EUR' },
  eventCode: 'AUTHORISATION',
  success: 'true',
};

/** As getDataToSign of @adyen/api-library joins them. */
const signatureOf = (one: Item) =>
  hmac(
    'sha256',
    Buffer.from(key, 'hex'),
    [
      one.pspReference,
      one.originalReference,
      one.merchantAccountCode,
      one.merchantReference,
      one.amount.value,
      one.amount.currency,
      one.eventCode,
      one.success,
    ].join(':'),
    'base64',
  );
const signed = (one: Item, hmacSignature = signatureOf(one)) => ({
  NotificationRequestItem: { ...one, additionalData: { hmacSignature } },
});
const check = (...notificationItems: unknown[]) =>
  verify(schemes.adyen, post(JSON.stringify({ live: 'false', notificationItems }), {}), {
    secrets: [{ value: key }],
    receivedAt: 0,
  });

describe('Adyen payment notifications (signed in the body; signer as in @adyen/api-library)', () => {
  it('pass with and without an original reference, and with a colon in the merchant’s own', () => {
    expect(check(signed(item)).verified).toBe(true);
    expect(check(signed({ ...item, originalReference: 'psp-1' })).verified).toBe(true);
    expect(check(signed({ ...item, merchantReference: 'order:1' })).verified).toBe(true);
  });

  it.each([
    ['pspReference', { pspReference: 'other' }],
    ['originalReference', { originalReference: 'other' }],
    ['merchantAccountCode', { merchantAccountCode: 'Other' }],
    ['merchantReference', { merchantReference: 'Other' }],
    ['amount.value', { amount: { value: 1131, currency: 'EUR' } }],
    ['amount.currency', { amount: { value: 1130, currency: 'USD' } }],
    ['eventCode', { eventCode: 'REFUND' }],
    ['success', { success: 'false' }],
  ])('are refused when %s is changed', (_, change) => {
    const result = check(signed({ ...item, ...change }, signatureOf(item)));
    expect(result).toMatchObject({ reason: 'SIGNATURE_MISMATCH' });
  });

  it('are refused when any of several items is forged', () => {
    expect(check(signed(item), signed({ ...item, pspReference: '2' })).verified).toBe(true);
    const forged = signed({ ...item, success: 'false' }, signatureOf(item));
    expect(check(signed(item), forged)).toMatchObject({ reason: 'SIGNATURE_MISMATCH' });
  });

  it('are refused when a colon could move a border between signed fields', () => {
    expect(check(signed({ ...item, merchantAccountCode: 'a:b' }))).toMatchObject({
      reason: 'MALFORMED_BODY',
    });
  });

  it.each([
    ['no items', []],
    ['no signature', [{ NotificationRequestItem: { ...item, additionalData: {} } }]],
    ['an empty signature', [signed(item, '')]],
    ['an amount that is text', [signed({ ...item, amount: { value: '1130' as never, currency: 'EUR' } })]],
    ['too many items', Array.from({ length: 17 }, () => signed(item))],
  ])('are refused with %s', (_, items) => {
    expect(check(...items)).toMatchObject({ reason: 'MALFORMED_BODY' });
  });

  it.each([['not json'], [''], ['[]'], ['null'], ['{"notificationItems":[],"notificationItems":[]}']])(
    'are refused as %p',
    body => {
      expect(
        verify(schemes.adyen, post(body, {}), { secrets: [{ value: key }], receivedAt: 0 }),
      ).toMatchObject({
        reason: 'MALFORMED_BODY',
      });
    },
  );

  it('need a key in hex', () => {
    const body = JSON.stringify({ notificationItems: [signed(item)] });
    expect(
      verify(schemes.adyen, post(body, {}), { secrets: [{ value: 'not hex' }], receivedAt: 0 }),
    ).toMatchObject({
      reason: 'NO_USABLE_SECRET',
    });
  });
});
