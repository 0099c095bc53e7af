import * as z from 'zod';
import { defineEvent } from '#shared/contract/define-event.ts';

const member = z.strictObject({
  memberId: z.string(),
  points: z.string(),
  credit: z.string(),
  joinedOn: z.string(),
  updatedAt: z.string(),
  active: z.boolean(),
  preferences: z.looseObject({}),
  photo: z.string(),
  tags: z.array(z.string()),
  note: z.string().nullable(),
});

const example: z.infer<typeof member> = {
  memberId: 'M-1',
  points: '1',
  credit: '1.00',
  joinedOn: '2018-06-20',
  updatedAt: '2018-06-20T15:13:16Z',
  active: true,
  preferences: {},
  photo: '',
  tags: [],
  note: null,
};

const shared = {
  domain: 'loyalty',
  aggregate: 'member',
  version: 1,
  category: 'fact',
  owner: 'loyalty',
  summary: 'A member, with a column of every type.',
  sla: { publishedWithinSeconds: 60 },
  retention: { archiveDays: 1 },
  aggregateId: ['memberId'],
} as const;

export const memberCreated = defineEvent({ ...shared, name: 'created', schema: member, example });
export const memberUpdated = defineEvent({ ...shared, name: 'updated', schema: member, example });
export const memberDeleted = defineEvent({
  ...shared,
  name: 'deleted',
  schema: z.strictObject({ memberId: z.string() }),
  example: { memberId: 'M-1' },
});
