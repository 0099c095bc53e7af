import type { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { isSettled } from '../core/outcome/handoff.ts';
import type { ReconciledLedger } from '../ports.ts';
import { isUnsettled } from './handoff-lease.ts';
import { handoffKey, partitionOf } from './ledger-keys.ts';

export const dynamoReconciledLedger = (table: DynamoTable): ReconciledLedger => ({
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

  async recordReconciliation({ id, state }, { at, result, detail, again }) {
    await table.update(handoffKey(id), {
      set: { lastReconciledAt: at, reconciliation: { result, detail } },
      remove: isSettled(state) && !again ? ['toReconcile'] : [],
      when: { expression: '#state = :state', values: { state } },
    });
  },
});
