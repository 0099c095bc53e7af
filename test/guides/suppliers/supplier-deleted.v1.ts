import * as z from 'zod';
import { defineEvent } from '#kit/event';

export const supplierDeleted = defineEvent({
  domain: 'purchasing',
  aggregate: 'supplier',
  name: 'deleted',
  version: 1,
  category: 'fact',
  owner: 'purchasing',
  summary: 'A supplier was removed.',
  sla: { publishedWithinSeconds: 60 },
  retention: { archiveDays: 365 },
  schema: z.strictObject({ supplierId: z.string() }),
  aggregateId: ['supplierId'],
  example: { supplierId: '7' },
});
