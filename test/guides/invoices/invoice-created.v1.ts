import * as z from 'zod';
import { defineEvent, pii } from '#kit/event';

export const invoiceCreated = defineEvent({
  domain: 'billing',
  aggregate: 'invoice',
  name: 'created',
  version: 1,
  category: 'fact',
  owner: 'billing',
  summary: 'An invoice was issued to a customer.',
  sla: { publishedWithinSeconds: 900 },
  retention: { archiveDays: 365 },
  schema: z.strictObject({
    invoiceId: z.string(),
    recipient: pii('email', z.string()),
    total: z.strictObject({ amount: z.string(), currency: z.string() }),
  }),
  aggregateId: ['invoiceId'],
  example: { invoiceId: 'I-1', recipient: 'a@example.com', total: { amount: '9.90', currency: 'EUR' } },
});
