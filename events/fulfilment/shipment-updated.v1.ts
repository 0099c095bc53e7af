import * as z from 'zod';
import { defineEvent } from '#kit/event';
import { instant } from '../values/instant.ts';

export const shipmentUpdated = defineEvent({
  domain: 'fulfilment',
  aggregate: 'shipment',
  name: 'updated',
  version: 1,
  category: 'fact',
  owner: 'logistics',
  summary: 'A shipment reached a new state, as its carrier reports.',
  sla: { publishedWithinSeconds: 300 },
  retention: { archiveDays: 180 },
  schema: z.strictObject({
    shipmentId: z.string().min(1),
    status: z.enum(['picked-up', 'in-transit', 'delivered', 'exception']),
    carrier: z.string().min(1),
    trackingNumber: z.string().min(1),
    occurredAt: instant(),
  }),
  aggregateId: ['shipmentId'],
  example: {
    shipmentId: 'SH-500001',
    status: 'in-transit',
    carrier: 'DHL',
    trackingNumber: 'JJD000390007',
    occurredAt: '2026-11-02T09:30:00Z',
  },
});
