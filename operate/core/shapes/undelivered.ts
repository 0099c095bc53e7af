import * as z from 'zod';
import { count, instant, integration, next, pageOf } from './parts.ts';

const undelivered = z.object({
  integration,
  object: z.string(),
  shard: z.string().nullable().meta({ description: 'Null: Lambda did not write the object' }),
  failedAt: instant.nullable(),
  bytes: count,
});

export type UndeliveredLine = z.infer<typeof undelivered>;

export const undeliveredInput = z.strictObject({ integration, ...pageOf });

export const undeliveredOutput = z.object({ batches: z.array(undelivered), next });
