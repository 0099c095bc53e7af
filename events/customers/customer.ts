import * as z from 'zod';
import { pii } from '#kit/event';
import { money } from '../values/money.ts';

/** A customer as the CRM knows it. */
export const customer = z.strictObject({
  customerId: z.string().min(1),
  email: pii('email', z.email()),
  fullName: pii('name', z.string().min(1)),
  /** Null if none is agreed. */
  creditLimit: money().nullable(),
  tier: z.enum(['standard', 'silver', 'gold']),
  /** How the customer wants to be contacted. Null: nothing is known. Absent: unchanged. */
  contact: z
    .strictObject({ newsletter: z.boolean(), language: z.enum(['de', 'en', 'fr']) })
    .nullable()
    .optional(),
});

export const exampleCustomer: z.infer<typeof customer> = {
  customerId: '1001',
  email: 'lena.vogt@example.com',
  fullName: 'Lena Vogt',
  creditLimit: { amount: '2500.00', currency: 'EUR' },
  tier: 'gold',
  contact: { newsletter: true, language: 'de' },
};
