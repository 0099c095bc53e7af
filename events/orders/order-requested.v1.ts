import * as z from 'zod';
import { defineEvent, pii } from '#kit/event';
import { instant } from '../values/instant.ts';
import { money } from '../values/money.ts';

export const orderRequested = defineEvent({
  domain: 'orders',
  aggregate: 'order',
  name: 'requested',
  version: 1,
  category: 'process',
  owner: 'order-management',
  summary: 'A customer asked for an order in one of our shops. Order management accepts or refuses it.',
  sla: { publishedWithinSeconds: 60 },
  retention: { archiveDays: 365 },
  schema: z.strictObject({
    /** The shop's own id of the order. */
    orderId: z.string().min(1),
    /** The order number that the customer sees, such as `#1001`. */
    orderName: z.string().min(1),
    requestedAt: instant(),
    customer: z.strictObject({
      email: pii('email', z.email()).nullable(),
      phone: pii('phone', z.string().min(1)).nullable(),
    }),
    lines: z
      .array(
        z.strictObject({
          lineId: z.string().min(1),
          sku: z.string().min(1).nullable(),
          title: z.string().min(1),
          quantity: z.int().min(1),
          unitPrice: money(),
        }),
      )
      .min(1),
    total: money(),
    /** Null if nothing is shipped. */
    shipTo: z.strictObject({ country: z.string().regex(/^[A-Z]{2}$/) }).nullable(),
  }),
  aggregateId: ['orderId'],
  example: {
    orderId: '5620982911946',
    orderName: '#1001',
    requestedAt: '2026-11-20T09:15:08Z',
    customer: { email: 'jon@example.com', phone: null },
    lines: [
      {
        lineId: '14669711197515',
        sku: 'IPOD2008GREEN',
        title: 'IPod Nano - 8GB',
        quantity: 1,
        unitPrice: { amount: '199.00', currency: 'USD' },
      },
    ],
    total: { amount: '199.00', currency: 'USD' },
    shipTo: { country: 'US' },
  },
});
