import { defineEvent } from '#kit/event';
import { exampleMember, member } from './member.ts';

export const memberCreated = defineEvent({
  domain: 'loyalty',
  aggregate: 'member',
  name: 'created',
  version: 1,
  category: 'fact',
  owner: 'loyalty',
  summary: 'A customer joined the loyalty programme.',
  sla: { publishedWithinSeconds: 60 },
  retention: { archiveDays: 180 },
  schema: member,
  aggregateId: ['memberId'],
  example: exampleMember,
});
