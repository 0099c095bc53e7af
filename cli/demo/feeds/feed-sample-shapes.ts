import * as z from 'zod';
import { about, eventShape, tallyShape } from '../sample-shapes.ts';

/** One line of `records.jsonl`. */
export const recordShape = z.strictObject({
  partitionKey: z.string().optional(),
  /** Of a Kafka record. */
  headers: z.record(z.string(), z.string()).optional(),
  /** Text as it is, `{base64}` as bytes, null as a record without a value, anything else as JSON. */
  data: z.json(),
});

/** `expected.json`: what becomes of the records. */
export const expectedShape = z.strictObject({
  about,
  tally: tallyShape,
  /** Quarantined records, counted from 1, each with its first fault. */
  faults: z.array(z.strictObject({ record: z.int().min(1), code: z.string() })),
  /** In order of the records. */
  events: z.array(eventShape),
});
