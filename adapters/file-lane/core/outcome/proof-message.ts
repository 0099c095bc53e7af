import * as z from 'zod';

/** Asks a lane which events of a chunk are not on the bus, and to publish them; sent by the auditor of the bus. */
export const proofMessage = z.strictObject({
  kind: z.literal('edge.proof'),
  handoffId: z.string(),
  n: z.int(),
  /** An operator decided that missing events are published although the contract makes something else of them now. */
  mayDiffer: z.literal(true).optional(),
});

export type ProofMessage = z.infer<typeof proofMessage>;

/**
 * What the lane found out. None was published but where all that it derives now is what was claimed. `changed`: the same events say something
 * else now. `unlike`: it derives other events. `gone`: what it would derive them from is no longer kept.
 */
export const proofAnswer = z.object({
  /** Ids of the first that were missing. */
  missing: z.array(z.string()),
  /** Short ids of the first that are on the bus and that it does not derive. */
  unclaimed: z.array(z.string()).default([]),
  end: z.enum(['published', 'unlike', 'changed', 'gone']),
});

export type ProofAnswer = z.infer<typeof proofAnswer>;

/** In the raw bucket: the ids that the auditor found on the bus, 16 bytes each, and the lane's answer. */
export function proofKeys(integration: string, { handoffId, n }: Pick<ProofMessage, 'handoffId' | 'n'>) {
  const stem = `${integration}/proof/${handoffId}/${n}`;
  return { found: `${stem}.ids`, answer: `${stem}.json` };
}
