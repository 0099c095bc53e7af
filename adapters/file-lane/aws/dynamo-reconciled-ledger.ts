import { claimOrHolder, releaseClaim } from '#shared/aws/dynamo-claims.ts';
import type { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { isSettled } from '../core/outcome/handoff.ts';
import type { ReconciledLedger } from '../ports.ts';
import { isUnsettled } from './handoff-lease.ts';
import { fileClaimKey, handoffKey, partitionOf } from './ledger-keys.ts';

export const dynamoReconciledLedger = (table: DynamoTable): ReconciledLedger => ({
  async claimant({ integration, identity }) {
    return (await table.get(fileClaimKey(integration, identity)))?.owner as string | undefined;
  },

  async claimAgain({ integration, identity }, handoffId, expiresAt) {
    await claimOrHolder(table, fileClaimKey(integration, identity), { owner: handoffId, expiresAt });
  },

  async freeClaim({ integration, identity }, handoffId) {
    await releaseClaim(table, fileClaimKey(integration, identity), handoffId);
  },

  async leasedUntil(handoffId) {
    const items = await table.query(partitionOf(handoffId), '');
    return Math.max(0, ...items.map(({ leaseUntil }) => Number(leaseUntil ?? 0)));
  },

  async recordResume(handoffId, at) {
    await table.update(handoffKey(handoffId), {
      set: { resumedAt: at },
      add: { resumes: 1 },
      remove: ['stoppedAt', 'nextRetryAt'],
      when: isUnsettled,
    });
  },

  async recordLate(handoffId, due) {
    await table.update(handoffKey(handoffId), {
      set: { lateFor: due },
      when: { expression: 'attribute_exists(#pk)' },
    });
  },

  async recordReconciliation({ id, state }, { at, result, detail, again }) {
    await table.update(handoffKey(id), {
      set: { lastReconciledAt: at, reconciliation: { result, detail } },
      remove: isSettled(state) && !again ? ['toReconcile'] : [],
      when: { expression: '#state = :state', values: { state } },
    });
  },
});
