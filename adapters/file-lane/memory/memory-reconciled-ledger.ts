import { isSettled, isUnsettled } from '../core/outcome/handoff.ts';
import type { ReconciledLedger } from '../ports.ts';
import { memoryFileClaims } from './memory-file-claims.ts';
import type { MemoryStore } from './memory-store.ts';

export const memoryReconciledLedger = (store: MemoryStore): ReconciledLedger => ({
  async claimant({ integration, identity }) {
    return store.claims.get(`${integration}#${identity}`);
  },

  async claimAgain(file, handoffId, expiresAt) {
    await memoryFileClaims(store).claimFile(file, handoffId, expiresAt);
  },

  async freeClaim(file, handoffId) {
    await memoryFileClaims(store).releaseFile(file, handoffId);
  },

  async leasedUntil(handoffId) {
    const chunks = [...store.chunks]
      .filter(([key]) => key.startsWith(`${handoffId}#`))
      .map(([, item]) => item);
    const held = [store.handoffs.get(handoffId), ...chunks];
    return Math.max(0, ...held.map(item => item?.leaseUntil ?? 0));
  },

  async recordResume(handoffId, at) {
    const item = store.handoffs.get(handoffId);
    if (!item || !isUnsettled(item.handoff)) return;
    const resumes = (item.handoff.resumes ?? 0) + 1;
    const tried = { resumedAt: at, resumes, stoppedAt: undefined, nextRetryAt: undefined };
    item.handoff = { ...item.handoff, ...tried };
  },

  async recordLate(handoffId, due) {
    const item = store.handoffs.get(handoffId);
    if (item) item.handoff = { ...item.handoff, lateFor: due };
  },

  async recordReconciliation({ id, state }, { at, result, detail, again }) {
    const item = store.handoffs.get(id);
    if (item?.handoff.state !== state) return;
    item.handoff = { ...item.handoff, lastReconciledAt: at, reconciliation: { result, detail } };
    item.isReconciled = isSettled(state) && !again;
  },
});
