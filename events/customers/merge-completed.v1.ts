import * as z from 'zod';
import { defineEvent } from '#kit/event';

export const mergeCompleted = defineEvent({
  domain: 'customers',
  aggregate: 'merge',
  name: 'completed',
  version: 1,
  category: 'process',
  owner: 'customer-management',
  summary: 'Two records turned out to be one customer and were merged.',
  sla: { publishedWithinSeconds: 60 },
  retention: { archiveDays: 365 },
  schema: z.strictObject({
    mergeId: z.string().min(1),
    /** The customer that stays. */
    customerId: z.string().min(1),
    mergedCustomerId: z.string().min(1),
  }),
  aggregateId: ['mergeId'],
  example: { mergeId: 'M-77', customerId: '1001', mergedCustomerId: '1002' },
});
