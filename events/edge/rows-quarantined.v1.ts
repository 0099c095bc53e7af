import * as z from 'zod';
import { defineEvent } from '#kit/event';

export const rowsQuarantined = defineEvent({
  domain: 'edge',
  aggregate: 'rows',
  name: 'quarantined',
  version: 1,
  category: 'operational',
  owner: 'integration-platform',
  summary: 'Rows of a partner’s file could not become events and were quarantined with their faults.',
  sla: { publishedWithinSeconds: 900 },
  retention: { archiveDays: 0 },
  schema: z.strictObject({
    handoffId: z.string().min(1),
    integration: z.string().min(1),
    /** Key in the inbound bucket. */
    file: z.string().min(1),
    rows: z.int().min(1),
    /** Rows by fault code. */
    codes: z.record(z.string(), z.int().min(1)),
    /** URI of the report in the quarantine bucket: one JSON line a row. */
    report: z.string().min(1),
  }),
  aggregateId: ['handoffId'],
  example: {
    handoffId: 'acme-orders-3f2a9c',
    integration: 'acme-orders',
    file: 'acme/in/orders_20261102.csv',
    rows: 2,
    codes: { NOT_A_DATE: 1, UNKNOWN_CODE: 1 },
    report: 's3://quarantine/acme-orders/3f2a9c/report.jsonl?versionId=1',
  },
});
