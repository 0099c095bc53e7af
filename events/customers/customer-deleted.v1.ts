import * as z from 'zod';
import { defineEvent } from '#kit/event';

export const customerDeleted = defineEvent({
  domain: 'customers',
  aggregate: 'customer',
  name: 'deleted',
  version: 1,
  category: 'fact',
  owner: 'customer-management',
  summary: 'A customer was removed from the CRM.',
  sla: { publishedWithinSeconds: 60 },
  retention: { archiveDays: 365 },
  schema: z.strictObject({ customerId: z.string().min(1) }),
  aggregateId: ['customerId'],
  example: { customerId: '1001' },
});
