import * as z from 'zod';
import { accept, defineWebhookFence, emit } from '#adapters/webhook-fence/contract/define-webhook-fence.ts';
import type { WebhookFence, WebhookFenceSpec } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { defineEvent } from '#shared/contract/define-event.ts';
import { Refusal } from '#shared/contract/field.ts';

export const paymentConfirmed = defineEvent({
  domain: 'payments',
  aggregate: 'payment',
  name: 'confirmed',
  version: 1,
  category: 'fact',
  owner: 'payments',
  summary: 'A provider saw a payment succeed.',
  sla: { publishedWithinSeconds: 60 },
  retention: { archiveDays: 30 },
  schema: z.strictObject({ paymentId: z.string().min(1), cents: z.int() }),
  aggregateId: ['paymentId'],
  example: { paymentId: 'p-1', cents: 100 },
});

const payment = z.object({ type: z.string(), data: z.object({ id: z.string(), cents: z.number() }) });

export const paid = accept({
  when: { field: '/type', is: 'paid' },
  schema: payment,
  events: [paymentConfirmed],
  map: ({ data }) =>
    data.cents < 0
      ? new Refusal('OUT_OF_RANGE', 'cents are not below zero', '/data/cents')
      : emit(paymentConfirmed, { paymentId: data.id, cents: data.cents }),
});

export const fenceSpec: WebhookFenceSpec = {
  id: 'pay-hooks',
  purpose: 'Payments for tests.',
  owner: { team: 'payments', contact: 'payments@example.com' },
  partner: { name: 'Pay', contact: 'partner@example.com' },
  authority: 'The provider.',
  consistency: 'Each payment once.',
  schemaVersion: '1',
  trust: 'verified',
  tenant: { constant: 'shop' },
  scheme: 'standard-webhooks',
  idempotency: { key: 'delivery-id' },
  accepts: [paid],
  skips: [{ when: { field: '/type', is: 'ping' }, reason: 'pings say nothing' }],
};

/** A plain fence for signed JSON, with what a test changes. */
export const fenceWith = (changes: Partial<WebhookFenceSpec> = {}): WebhookFence =>
  defineWebhookFence({ ...fenceSpec, ...changes });
