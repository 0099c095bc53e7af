import * as z from 'zod';

/** How every action names its stream. */
export const named = {
  StreamName: z
    .string()
    .regex(/^[a-zA-Z0-9_.-]{1,128}$/)
    .optional(),
  StreamARN: z
    .string()
    .regex(/^arn:[^:]+:kinesis:[^:]*:\d{12}:stream\/[a-zA-Z0-9_.-]{1,128}$/)
    .optional(),
  StreamId: z.string().optional(),
};
