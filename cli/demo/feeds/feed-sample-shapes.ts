import * as z from 'zod';

/** One line of `records.jsonl`. */
export const recordShape = z.strictObject({
  partitionKey: z.string().optional(),
  /** Of a Kafka record. */
  headers: z.record(z.string(), z.string()).optional(),
  /** Text as it is, `{base64}` as bytes, null as a record without a value, anything else as JSON. */
  data: z.json(),
});

const count = z.int().min(0);

/** `expected.json`: what becomes of the records. */
export const expectedShape = z.strictObject({
  about: z.string().min(1),
  tally: z.strictObject({
    received: count,
    published: count,
    duplicate: count,
    quarantined: count,
    rejected: count,
    skipped: count,
  }),
  /** Quarantined records, counted from 1, each with its first fault. */
  faults: z.array(z.strictObject({ record: z.int().min(1), code: z.string() })),
  /** The feed's own events, in order of the records; `subject` is the aggregate's id. */
  events: z.array(z.strictObject({ type: z.string(), subject: z.string(), data: z.json() })),
});
