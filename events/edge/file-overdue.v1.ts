import * as z from 'zod';
import { defineEvent } from '#kit/event';

export const fileOverdue = defineEvent({
  domain: 'edge',
  aggregate: 'file',
  name: 'overdue',
  version: 1,
  category: 'operational',
  owner: 'integration-platform',
  summary:
    'A partner’s file did not come at the time that its contract names, nor within the grace after it.',
  sla: { publishedWithinSeconds: 1_800 },
  retention: { archiveDays: 0 },
  schema: z.strictObject({
    integration: z.string().min(1),
    /** When the file should have come, and when its grace ended. */
    due: z.iso.datetime(),
    deadline: z.iso.datetime(),
    /** The schedule of the contract, and its time zone. */
    cron: z.string().min(1),
    zone: z.string().min(1),
    /** The naming convention of the files. */
    name: z.string().min(1),
  }),
  aggregateId: ['integration', 'due'],
  example: {
    integration: 'nordwind-inventory',
    due: '2026-11-20T05:30:00.000Z',
    deadline: '2026-11-20T06:30:00.000Z',
    cron: '30 6 * * MON-FRI',
    zone: 'Europe/Berlin',
    name: 'stock_{yyyyMMdd}.csv',
  },
});
