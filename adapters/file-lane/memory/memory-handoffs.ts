import {
  type AwaitingHandoff,
  type Handoff,
  isBegun,
  isSettled,
  isUnsettled,
  type SettledHandoff,
  type SettlingHandoff,
  type UnsettledHandoff,
} from '../core/outcome/handoff.ts';
import type { Ledger, SettlingStart } from '../ports.ts';
import { free, type HandoffItem, isBusy, type MemoryStore, plan } from './memory-store.ts';

type Handoffs = Pick<
  Ledger,
  | 'await'
  | 'endAwaiting'
  | 'open'
  | 'find'
  | 'extend'
  | 'release'
  | 'recordFault'
  | 'recordRetry'
  | 'recordReprocessed'
  | 'begin'
  | 'beginPublishing'
  | 'beginSettling'
  | 'checkpointReport'
  | 'settle'
>;

export const memoryHandoffs = (store: MemoryStore): Handoffs => ({
  async await(delivery, wait) {
    const item = store.handoffs.get(delivery.id);
    const before = item?.handoff ?? { ...delivery, ...wait, state: 'awaiting', attempts: 0 };
    if (before.state !== 'awaiting') return;
    const handoff: AwaitingHandoff = { ...before, ...wait };
    store.handoffs.set(delivery.id, { ...free, handoff, isReconciled: false });
  },

  async endAwaiting(handoffId) {
    if (store.handoffs.get(handoffId)?.handoff.state === 'awaiting') store.handoffs.delete(handoffId);
  },

  async open(opened, lease) {
    const item = store.handoffs.get(opened.id);
    const before: Handoff = item?.handoff ?? { ...opened, state: 'received', attempts: 0 };
    if (before.state === 'awaiting') return { kind: 'busy', until: lease.now };
    if (!isUnsettled(before)) return settledAs(before);
    if (item && isBusy(item, lease)) return { kind: 'busy', until: item.leaseUntil };
    const tried = { attempts: before.attempts + 1, nextRetryAt: undefined, stoppedAt: undefined };
    const handoff: UnsettledHandoff = { ...before, ...tried };
    const held = { leaseOwner: lease.owner, leaseUntil: lease.until };
    store.handoffs.set(opened.id, { ...held, handoff, isReconciled: false });
    return { kind: 'leased', value: structuredClone(handoff) };
  },

  async find(handoffId) {
    const item = store.handoffs.get(handoffId);
    return item && copy(item);
  },

  async extend(handoffId, { owner, until }) {
    const item = store.handoffs.get(handoffId);
    if (item?.leaseOwner === owner && isUnsettled(item.handoff)) item.leaseUntil = until;
  },

  async release(handoffId, owner) {
    const item = store.handoffs.get(handoffId);
    if (item?.leaseOwner === owner && isUnsettled(item.handoff)) Object.assign(item, free);
  },

  async recordReprocessed(handoffId, by) {
    const item = store.handoffs.get(handoffId);
    if (item) item.handoff = { ...item.handoff, reprocessedBy: by };
  },

  async recordFault(handoffId, fault) {
    const item = store.handoffs.get(handoffId);
    if (item && isUnsettled(item.handoff)) item.handoff = { ...item.handoff, fault };
  },

  async recordRetry(handoffId, retry) {
    const item = store.handoffs.get(handoffId);
    if (!item || !isUnsettled(item.handoff)) return;
    item.handoff = { ...item.handoff, nextRetryAt: undefined, stoppedAt: undefined, ...retry };
  },

  async begin(handoffId, owner, begun) {
    const item = store.handoffs.get(handoffId);
    if (item?.leaseOwner !== owner) return false;
    const { handoff } = item;
    if (handoff.state !== 'received' && handoff.state !== 'processing') return false;
    plan(store, handoffId, begun.pass, begun.inspection.chunks);
    if (!isBegun(handoff)) item.handoff = { ...handoff, ...structuredClone(begun), state: 'processing' };
    return true;
  },

  async beginPublishing(handoffId, chunks) {
    const item = known(store, handoffId);
    if (item.handoff.state !== 'processing' || item.handoff.pass === 'publish') return;
    plan(store, handoffId, 'publish', chunks);
    item.handoff = { ...item.handoff, pass: 'publish' };
  },

  async beginSettling(handoffId, lease, start) {
    const item = known(store, handoffId);
    const before = item.handoff;
    if (before.state === 'awaiting') throw new Error(`hand-off ${handoffId} waits for another object`);
    if (!isUnsettled(before)) return settledAs(before);
    if (isBusy(item, lease)) return { kind: 'busy', until: item.leaseUntil };
    const settling = before.state === 'settling' ? before : settlingOf(before, structuredClone(start));
    Object.assign(item, { handoff: settling, leaseOwner: lease.owner, leaseUntil: lease.until });
    return { kind: 'leased', value: structuredClone(settling) };
  },

  async checkpointReport(handoffId, owner, report) {
    const item = store.handoffs.get(handoffId);
    if (item?.leaseOwner !== owner || item.handoff.state !== 'settling') return false;
    item.handoff = { ...item.handoff, report: structuredClone(report) };
    return true;
  },

  async settle(handoffId, owner, { expiresAt: _, ...end }) {
    const item = store.handoffs.get(handoffId);
    if (item?.leaseOwner !== owner) return false;
    if (isSettled(item.handoff.state)) return true;
    if (item.handoff.state !== 'settling') return false;
    const { ending: _ending, report: _report, ...facts } = item.handoff;
    const over = { fault: undefined, nextRetryAt: undefined, stoppedAt: undefined };
    item.handoff = { ...facts, ...over, ...structuredClone(end) };
    return true;
  },
});

const settlingOf = (
  before: Exclude<UnsettledHandoff, SettlingHandoff>,
  { settledAt, ending, inspection }: SettlingStart,
): SettlingHandoff =>
  isBegun(before)
    ? { ...before, state: 'settling', settledAt, ending }
    : { ...before, state: 'settling', settledAt, ending, inspection };

const settledAs = (handoff: SettledHandoff) =>
  ({ kind: 'settled', value: structuredClone(handoff) }) as const;

const copy = (item: HandoffItem): Handoff => structuredClone(item.handoff);

function known(store: MemoryStore, handoffId: string): HandoffItem {
  const item = store.handoffs.get(handoffId);
  if (!item) throw new Error(`the ledger does not know hand-off ${handoffId}`);
  return item;
}
