import * as z from 'zod';
import { defineEvent } from '#shared/contract/define-event.ts';
import { emit } from '#shared/contract/emission.ts';
import { pii } from '#shared/contract/pii.ts';
import { email } from '#shared/core/mapping/email.ts';
import { instant } from '#shared/core/mapping/instant.ts';
import { integer } from '#shared/core/mapping/integer.ts';
import { text } from '#shared/core/mapping/text.ts';

/** The least that makes an event and a lane; tests spoil one thing at a time. */
export const eventSpec = {
  domain: 'orders',
  aggregate: 'order',
  name: 'created',
  version: 1,
  category: 'fact' as const,
  owner: 'order-management',
  summary: 'An order was placed.',
  sla: { publishedWithinSeconds: 60 },
  retention: { archiveDays: 30 },
  schema: z.strictObject({ orderId: z.string(), count: z.int(), email: pii('email', z.email()) }),
  aggregateId: ['orderId'] as const,
  example: { orderId: 'A-1', count: 2, email: 'lena.vogt@example.com' },
};

export const event = defineEvent(eventSpec);

export const laneSpec = {
  id: 'acme-orders',
  purpose: 'Orders become ours.',
  owner: { team: 'orders', contact: 'orders@example.com' },
  partner: { name: 'Acme', contact: 'edi@acme.example' },
  authority: 'Acme owns them.',
  consistency: 'Daily.',
  schemaVersion: '1.0',
  trust: 'verified' as const,
  tenant: { constant: 'acme' },
  delivery: { folder: 'acme', name: 'orders_{yyyyMMdd}.csv' },
  columns: { order_no: text({ max: 20 }), count: integer(), customer: email(), at: instant() },
  key: ['order_no'] as const,
  duplicates: 'file' as const,
  maxInvalidShare: 1,
  events: [event],
  map: (row: { order_no: string; count: number; customer: string }) =>
    emit(event, { orderId: row.order_no, count: row.count, email: row.customer }),
};
