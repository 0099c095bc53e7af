import * as z from 'zod';
import { defineEvent } from '#kit/event';
import { instant } from '../values/instant.ts';

export const consentUpdated = defineEvent({
  domain: 'customers',
  aggregate: 'consent',
  name: 'updated',
  version: 1,
  category: 'fact',
  owner: 'customer-management',
  summary: 'A customer gave or withdrew consent to be contacted.',
  sla: { publishedWithinSeconds: 60 },
  retention: { archiveDays: 365 },
  schema: z.strictObject({
    customerId: z.string().min(1),
    email: z.boolean(),
    phone: z.boolean(),
    decidedAt: instant(),
  }),
  aggregateId: ['customerId'],
  example: { customerId: '1001', email: true, phone: false, decidedAt: '2026-11-02T08:15:00Z' },
});
