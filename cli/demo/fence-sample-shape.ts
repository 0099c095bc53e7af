import * as z from 'zod';
import { outcomes } from '#shared/core/outcome/tally.ts';
import { about, eventShape } from './sample-shapes.ts';

/** What is done to a request after it was signed, or instead. */
const tamperShape = z.enum([
  /** One character of the signature is another. */
  'signature',
  /** One bit of the body is another. */
  'body',
  /** It was signed an hour ago. */
  'timestamp',
  /** It was signed with another secret. */
  'secret',
  /** The delivery's id is missing. */
  'id',
  /** No signature at all. */
  'unsigned',
]);

export type Tamper = z.infer<typeof tamperShape>;

const requestShape = z.strictObject({
  file: z.string(),
  headers: z.record(z.string(), z.string()).optional(),
  /** Of the delivery. Default: one of its own. */
  id: z.string().optional(),
  tamper: tamperShape.optional(),
  /** In whose name it is sent, where the fence speaks for several: whose secret signs it, and the tenant in its path. Default: the first. */
  tenant: z.string().optional(),
  /** How often it is delivered again, all at once. */
  repeat: z.int().min(1).optional(),
});

export type SampleRequest = z.infer<typeof requestShape>;

const answerShape = z.strictObject({
  status: z.int(),
  outcome: z.enum(outcomes),
  /** Why it is no event. */
  code: z.string().optional(),
});

/** `expected.json` of a fence's sample: the requests as the partner sends them, and what becomes of them. */
export const fenceSampleShape = z
  .strictObject({
    about,
    requests: z.array(requestShape).min(1),
    /** One for each request, in the same order. */
    outcomes: z.array(answerShape),
    events: z.array(eventShape),
  })
  .check(({ value, issues }) => {
    const { requests, outcomes: answers } = value;
    if (requests.length === answers.length) return;
    const message = `${answers.length} for ${requests.length} requests; each has one, whatever its repeat`;
    issues.push({ code: 'custom', input: value, path: ['outcomes'], message });
  });
