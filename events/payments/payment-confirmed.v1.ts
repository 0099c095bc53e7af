import * as z from 'zod';
import { defineEvent } from '#kit/event';
import { payment } from './payment.ts';

export const paymentConfirmed = defineEvent({
  domain: 'payments',
  aggregate: 'payment',
  name: 'confirmed',
  version: 1,
  category: 'fact',
  owner: 'payments',
  summary: 'A payment succeeded, as the payment provider reports.',
  sla: { publishedWithinSeconds: 60 },
  retention: { archiveDays: 400 },
  schema: z.strictObject(payment),
  aggregateId: ['paymentId'],
  example: {
    paymentId: 'pi_3TWIvx0qWkNaM1fM0H4e0MIb',
    amount: { amount: '29.99', currency: 'EUR' },
    orderId: 'A-100001',
    occurredAt: '2026-11-20T09:15:08Z',
  },
});
