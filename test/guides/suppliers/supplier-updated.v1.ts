import * as z from 'zod';
import { defineEvent } from '#kit/event';

export const supplierUpdated = defineEvent({
  domain: 'purchasing',
  aggregate: 'supplier',
  name: 'updated',
  version: 1,
  category: 'fact',
  owner: 'purchasing',
  summary: 'A supplier was added or changed. The event contains the whole supplier.',
  sla: { publishedWithinSeconds: 60 },
  retention: { archiveDays: 365 },
  schema: z.strictObject({
    supplierId: z.string(),
    name: z.string(),
    rating: z.enum(['approved', 'probation', 'blocked']),
    creditLimitEur: z.string().nullable(),
  }),
  aggregateId: ['supplierId'],
  example: { supplierId: '7', name: 'Amsel GmbH', rating: 'approved', creditLimitEur: '2500.00' },
});
