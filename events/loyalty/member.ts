import * as z from 'zod';
import { pii } from '#kit/event';

/** A member of the loyalty programme. */
export const member = z.strictObject({
  memberId: z.string().min(1),
  displayName: pii('name', z.string().min(1)).nullable(),
  points: z.int().min(0),
  level: z.enum(['basic', 'plus', 'premium']),
  joinedOn: z.iso.date(),
});

export const exampleMember: z.infer<typeof member> = {
  memberId: 'M-100',
  displayName: 'Lena',
  points: 1250,
  level: 'plus',
  joinedOn: '2024-03-01',
};
