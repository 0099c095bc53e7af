import * as z from 'zod';
import { defineEvent, pii } from '#kit/event';
import { instant } from '../values/instant.ts';
import { money } from '../values/money.ts';

export const orderCreated = defineEvent({
  domain: 'orders',
  aggregate: 'order',
  name: 'created',
  version: 1,
  category: 'fact',
  owner: 'order-management',
  summary: 'A customer placed an order with a partner that sells for us.',
  sla: { publishedWithinSeconds: 900 },
  retention: { archiveDays: 365 },
  schema: z.strictObject({
    orderId: z.string().min(1),
    placedAt: instant(),
    customer: z.strictObject({
      email: pii('email', z.email()),
      phone: pii('phone', z.string().min(1)).nullable(),
    }),
    line: z.strictObject({ sku: z.string().min(1), quantity: z.int().min(1), unitPrice: money() }),
    shipTo: z.strictObject({ country: z.string().regex(/^[A-Z]{2}$/) }),
    status: z.enum(['placed', 'paid', 'cancelled']),
  }),
  aggregateId: ['orderId'],
  example: {
    orderId: 'A-100001',
    placedAt: '2026-11-02T08:15:00Z',
    customer: { email: 'lena.vogt@example.com', phone: '+49 30 23125 101' },
    line: { sku: 'CHAIR-OAK-2', quantity: 4, unitPrice: { amount: '89.90', currency: 'EUR' } },
    shipTo: { country: 'DE' },
    status: 'placed',
  },
});
