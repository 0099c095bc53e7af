import type { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { limits } from '#shared/contract/limits.ts';
import type { Proof } from '../core/proof/proof.ts';
import type { Proofs } from '../ports.ts';

const sk = 'proof';

const keyOf = (handoffId: string) => ({ pk: `proof#${handoffId}`, sk });

/** In the table of the operators, an item for each file. `now`: epoch milliseconds. */
export const dynamoProofs = (table: DynamoTable, now: () => number): Proofs => ({
  async find(handoffId) {
    const item = await table.get(keyOf(handoffId));
    if (!item) return undefined;
    const { state, at, claimed, onBus, missing } = item as unknown as Proof;
    return { handoffId, state, at, claimed, onBus, missing };
  },

  async keep(proof) {
    const expiresAt = Math.floor(now() / 1_000) + limits.proofDays * limits.secondsADay;
    await table.put({ ...keyOf(proof.handoffId), ...proof, expiresAt });
  },
});
