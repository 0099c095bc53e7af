import * as z from 'zod';
import { paymentConfirmed, paymentFailed } from '#events/payments/index.ts';
import { accept, defineWebhookFence, emit, minorAmount, Refusal, utcText } from '#kit/webhook-fence';

const intent = z.object({
  id: z.string().min(1),
  object: z.literal('payment_intent'),
  amount: z.int().min(0),
  amount_received: z.int().min(0),
  currency: z.string().length(3),
  metadata: z.record(z.string(), z.string()),
});

const failure = z.object({
  code: z.string().optional(),
  decline_code: z.string().optional(),
  type: z.string(),
});

/** 9999-12-31T23:59:59Z: later times cannot be written as ISO 8601. */
const lastSecond = 253_402_300_799;

const event = <I extends z.ZodType>(object: I) =>
  z.object({ id: z.string(), created: z.int().min(0).max(lastSecond), data: z.object({ object }) });

/** Currencies for which Stripe's number of decimals differs from ISO 4217: docs.stripe.com/currencies, "Special cases" and "Zero-decimal currencies". */
const decimalsAtStripe: Readonly<Record<string, number>> = { ISK: 2, UGX: 2, MGA: 0 };

/** Our words for why a payment failed, each with Stripe's: docs.stripe.com/declines/codes and /error-codes. */
const failureReasons = {
  authentication_required:
    'authentication_required offline_pin_required online_or_offline_pin_required payment_intent_authentication_failure',
  cancelled_by_customer: 'payment_method_customer_decline',
  card_declined:
    'approve_with_id call_issuer card_declined do_not_honor do_not_try_again generic_decline new_account_information_available no_action_taken payment_method_provider_decline revocation_of_all_authorizations revocation_of_authorization security_violation stop_payment_order testmode_decline',
  card_not_supported:
    'card_not_supported currency_not_supported not_permitted service_not_allowed transaction_not_allowed',
  duplicate: 'duplicate_transaction',
  expired: 'payment_intent_payment_attempt_expired',
  expired_card: 'expired_card',
  incorrect_details:
    'incorrect_address incorrect_cvc incorrect_number incorrect_pin incorrect_zip invalid_account invalid_cvc invalid_expiry_month invalid_expiry_year invalid_number invalid_pin',
  insufficient_funds: 'insufficient_funds',
  limit_exceeded: 'card_velocity_exceeded invalid_amount pin_try_exceeded withdrawal_count_limit_exceeded',
  provider_error:
    'api_error issuer_not_available payment_intent_payment_attempt_failed payment_method_provider_timeout processing_error reenter_transaction try_again_later',
  suspected_fraud: 'fraudulent lost_card merchant_blacklist pickup_card restricted_card stolen_card',
};

const reasonsByCode = new Map(
  Object.entries(failureReasons).flatMap(([reason, codes]) => codes.split(' ').map(code => [code, reason])),
);

const unknownCode = new Refusal(
  'UNKNOWN_CODE',
  'a code that the contract maps to a reason of ours',
  '/data/object/last_payment_error',
);

function paymentOf(seen: z.infer<typeof intent>, cents: number, created: number) {
  const currency = seen.currency.toUpperCase();
  const amount = minorAmount(cents, currency, '/data/object/amount', decimalsAtStripe[currency]);
  if (amount instanceof Refusal) return amount;
  const occurredAt = utcText(created)!;
  return { paymentId: seen.id, amount, orderId: seen.metadata.order_id ?? null, occurredAt };
}

export default defineWebhookFence({
  id: 'stripe-payments',
  purpose: 'Everyone who handles payments knows at once whether a payment at Stripe succeeded or failed.',
  owner: { team: 'payments', contact: 'payments@example.com' },
  partner: { name: 'Stripe', contact: 'https://support.stripe.com' },
  authority: 'Stripe owns the state of a payment. We own the order that it pays for.',
  consistency: 'Within seconds, in any order. Each Stripe event is published once.',
  schemaVersion: '2026-01-28.clover',
  trust: 'verified',
  // Money: whoever releases or redrives more than a handful asks a second person.
  unitsWithoutApproval: 20,
  tenant: { constant: 'acme' },
  scheme: 'stripe',
  idempotency: { key: { bodyField: '/id' } },
  // `pending_webhooks` and `request` may differ when Stripe delivers again.
  payloadHash: { fields: ['/id', '/type', '/created', '/data'] },
  sequenceFrom: '/created',
  secrets: { rotationDays: 365 },
  accepts: [
    accept({
      when: { field: '/type', is: 'payment_intent.succeeded' },
      schema: event(intent),
      events: [paymentConfirmed],
      map: ({ created, data }) => {
        const payment = paymentOf(data.object, data.object.amount_received, created);
        return payment instanceof Refusal ? payment : emit(paymentConfirmed, payment);
      },
    }),
    accept({
      when: { field: '/type', is: 'payment_intent.payment_failed' },
      schema: event(intent.extend({ last_payment_error: failure })),
      events: [paymentFailed],
      map: ({ created, data: { object } }) => {
        const payment = paymentOf(object, object.amount, created);
        if (payment instanceof Refusal) return payment;
        const { decline_code, code, type } = object.last_payment_error;
        const reason = reasonsByCode.get(decline_code ?? code ?? type);
        if (reason === undefined) return unknownCode;
        return emit(paymentFailed, { ...payment, reason });
      },
    }),
  ],
  skips: [
    {
      reason: 'Only success and failure matter here; Stripe’s steps in between are left out.',
      when: {
        field: '/type',
        is: [
          'payment_intent.created',
          'payment_intent.processing',
          'payment_intent.requires_action',
          'payment_intent.amount_capturable_updated',
          'payment_intent.partially_funded',
          'payment_intent.canceled',
        ],
      },
    },
  ],
});
