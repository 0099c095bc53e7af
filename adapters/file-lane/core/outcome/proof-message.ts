import * as z from 'zod';

/** Asks a lane which events of a chunk are not on the bus, and to publish them; sent by the auditor of the bus. */
export const proofMessage = z.strictObject({
  kind: z.literal('edge.proof'),
  handoffId: z.string(),
  n: z.int(),
});

export type ProofMessage = z.infer<typeof proofMessage>;

/** What the lane found out. `unlike`: the events that it derives now are not those that it claimed, so none was published. */
export const proofAnswer = z.object({
  missing: z.array(z.string()),
  end: z.enum(['published', 'unlike']),
});

export type ProofAnswer = z.infer<typeof proofAnswer>;

/** In the raw bucket: the ids that the auditor found on the bus, 16 bytes each, and the lane's answer. */
export function proofKeys(integration: string, { handoffId, n }: Pick<ProofMessage, 'handoffId' | 'n'>) {
  const stem = `${integration}/proof/${handoffId}/${n}`;
  return { found: `${stem}.ids`, answer: `${stem}.json` };
}
