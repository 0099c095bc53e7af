import * as z from 'zod';
import { decimal } from './decimal.ts';

/** An amount with the minor units of its ISO 4217 currency. */
export const money = () => z.strictObject({ amount: decimal(), currency: z.string().regex(/^[A-Z]{3}$/) });
