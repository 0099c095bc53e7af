import * as z from 'zod';
import { limits } from '../../contract/limits.ts';
import { type BusEvent, isBatched } from '../batch/bus-entry.ts';
import { wholeDetail } from '../envelope/envelope.ts';

/** What the auditor of the bus asks an integration about a delivery or a batch whose events are not all on the bus. */
export const proofQuestion = z.strictObject({
  /** Its key in the raw bucket. */
  unit: z.string().min(1),
  /** Only what is before this byte of it was published. */
  bytes: z.int().min(0),
  /** Records of a batch that were quarantined. */
  except: z.string().default(''),
  /** Ids of the events to publish; without them it only says which events it makes. */
  publish: z.array(z.string()).max(limits.provenEventsMax).default([]),
});

export type ProofQuestion = z.infer<typeof proofQuestion>;

/** An event as the integration makes it again. */
const madeEvent = z.object({
  id: z.string(),
  type: z.string(),
  aggregateid: z.string(),
  sequence: z.string(),
});

export type MadeEvent = z.infer<typeof madeEvent>;

export const proofAnswer = z.object({
  /** Each once, in the order of the input. None where the input is no longer there, or makes none now. */
  events: z.array(madeEvent),
  /** Ids of those that were to be published and that the bus accepted. */
  published: z.array(z.string()),
  /** Some were to be published, and the integration is disabled: it published none. */
  disabled: z.literal(true).optional(),
});

export type ProofAnswer = z.infer<typeof proofAnswer>;

/** What is asked of an event on its way to the bus. */
export const madeEventOf = (event: BusEvent): MadeEvent =>
  madeEvent.parse(JSON.parse(isBatched(event) ? wholeDetail(event) : event.detail));
