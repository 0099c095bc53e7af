import * as z from 'zod';
import { instant } from '../values/instant.ts';
import { money } from '../values/money.ts';

/** What every observation of a payment says. */
export const payment = {
  /** The provider's own name for it. */
  paymentId: z.string().min(1),
  amount: money(),
  /** What it pays for, where the one who asked for it told the provider. */
  orderId: z.string().min(1).nullable(),
  occurredAt: instant(),
};
