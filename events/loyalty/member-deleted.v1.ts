import * as z from 'zod';
import { defineEvent } from '#kit/event';

export const memberDeleted = defineEvent({
  domain: 'loyalty',
  aggregate: 'member',
  name: 'deleted',
  version: 1,
  category: 'fact',
  owner: 'loyalty',
  summary: 'A member left the loyalty programme, or the membership expired.',
  sla: { publishedWithinSeconds: 60 },
  retention: { archiveDays: 180 },
  schema: z.strictObject({ memberId: z.string().min(1) }),
  aggregateId: ['memberId'],
  example: { memberId: 'M-100' },
});
