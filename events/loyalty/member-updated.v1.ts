import { defineEvent } from '#kit/event';
import { exampleMember, member } from './member.ts';

export const memberUpdated = defineEvent({
  domain: 'loyalty',
  aggregate: 'member',
  name: 'updated',
  version: 1,
  category: 'fact',
  owner: 'loyalty',
  summary: 'A member of the loyalty programme changed. The event contains the whole member.',
  sla: { publishedWithinSeconds: 60 },
  retention: { archiveDays: 180 },
  schema: member,
  aggregateId: ['memberId'],
  example: exampleMember,
});
