import * as z from 'zod';
import { defineEvent } from '#kit/event';
import { decimal } from '../values/decimal.ts';
import { instant } from '../values/instant.ts';

export const stockUpdated = defineEvent({
  domain: 'inventory',
  aggregate: 'stock',
  name: 'updated',
  version: 1,
  category: 'fact',
  owner: 'supply-chain',
  summary: 'A warehouse reported its stock of an article.',
  sla: { publishedWithinSeconds: 1_800 },
  retention: { archiveDays: 90 },
  schema: z.strictObject({
    sku: z.string().min(1),
    description: z.string().min(1),
    warehouse: z.string().min(1),
    quantity: decimal(),
    unit: z.enum(['piece', 'kilogram', 'metre']),
    unitPrice: z.strictObject({ amount: decimal(), currency: z.literal('EUR') }),
    asOf: instant(),
  }),
  aggregateId: ['sku', 'warehouse'],
  example: {
    sku: '4711',
    description: 'Schäkel, geschweift',
    warehouse: 'HH1',
    quantity: '1250',
    unit: 'piece',
    unitPrice: { amount: '3.49', currency: 'EUR' },
    asOf: '2026-11-01T20:00:00Z',
  },
});
