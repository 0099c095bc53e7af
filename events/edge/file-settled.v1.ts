import * as z from 'zod';
import { defineEvent } from '#kit/event';
import { tally } from '../values/tally.ts';

export const fileSettled = defineEvent({
  domain: 'edge',
  aggregate: 'file',
  name: 'settled',
  version: 1,
  category: 'operational',
  owner: 'integration-platform',
  summary: 'A partner’s file was processed to its end. The event has its state and its counts.',
  sla: { publishedWithinSeconds: 900 },
  retention: { archiveDays: 0 },
  schema: z.strictObject({
    handoffId: z.string().min(1),
    integration: z.string().min(1),
    /** Key in the inbound bucket. */
    file: z.string().min(1),
    state: z.enum(['complete', 'partial', 'rejected', 'duplicate', 'unbalanced']),
    tally: tally(),
    /** Key of the acknowledgement in the inbound bucket. */
    ackKey: z.string().min(1),
    /** Code of the fault that ended the file, if one did. */
    fault: z.string().nullable(),
    /** Hand-off that already held the same content. */
    duplicateOf: z.string().nullable(),
  }),
  aggregateId: ['handoffId'],
  example: {
    handoffId: 'acme-orders-3f2a9c',
    integration: 'acme-orders',
    file: 'acme/in/orders_20261102.csv',
    state: 'partial',
    tally: { received: 120, published: 118, duplicate: 0, quarantined: 2, rejected: 0, skipped: 0 },
    ackKey: 'acme/ack/orders_20261102.csv.ack.json',
    fault: null,
    duplicateOf: null,
  },
});
