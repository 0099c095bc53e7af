import * as z from 'zod';
import { defineEvent } from '#kit/event';
import { payment } from './payment.ts';

export const paymentFailed = defineEvent({
  domain: 'payments',
  aggregate: 'payment',
  name: 'failed',
  version: 1,
  category: 'fact',
  owner: 'payments',
  summary: 'An attempt to pay failed, as the payment provider reports. Another attempt may follow.',
  sla: { publishedWithinSeconds: 60 },
  retention: { archiveDays: 400 },
  schema: z.strictObject({
    ...payment,
    /**
     * Why, in our words, never a provider's code: authentication_required, cancelled_by_customer, card_declined, card_not_supported,
     * duplicate, expired, expired_card, incorrect_details, insufficient_funds, limit_exceeded, provider_error or suspected_fraud.
     */
    reason: z.string().min(1),
  }),
  aggregateId: ['paymentId'],
  example: {
    paymentId: 'pi_3TWIvx0qWkNaM1fM0H4e0MIb',
    amount: { amount: '29.99', currency: 'EUR' },
    orderId: 'A-100001',
    occurredAt: '2026-11-20T09:15:08Z',
    reason: 'insufficient_funds',
  },
});
