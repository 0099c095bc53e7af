import {
  type Handoff,
  isBegun,
  isUnsettled,
  type SettledHandoff,
  type SettlingHandoff,
  type UnsettledHandoff,
} from '../core/outcome/handoff.ts';
import type { Ledger, SettlingStart } from '../ports.ts';
import { free, type HandoffItem, isBusy, type MemoryStore, plan } from './memory-store.ts';

type Handoffs = Pick<
  Ledger,
  | 'open'
  | 'find'
  | 'release'
  | 'recordFault'
  | 'begin'
  | 'beginPublishing'
  | 'beginSettling'
  | 'checkpointReport'
  | 'settle'
>;

export const memoryHandoffs = (store: MemoryStore): Handoffs => ({
  async open(opened, lease) {
    const item = store.handoffs.get(opened.id);
    const before: Handoff = item?.handoff ?? { ...opened, state: 'received', attempts: 0 };
    if (!isUnsettled(before)) return settledAs(before);
    if (item && isBusy(item, lease)) return { kind: 'busy', until: item.leaseUntil };
    const handoff: UnsettledHandoff = { ...before, attempts: before.attempts + 1 };
    store.handoffs.set(opened.id, { handoff, leaseOwner: lease.owner, leaseUntil: lease.until });
    return { kind: 'leased', value: structuredClone(handoff) };
  },

  async find(handoffId) {
    const item = store.handoffs.get(handoffId);
    return item && copy(item);
  },

  async release(handoffId, owner) {
    const item = store.handoffs.get(handoffId);
    if (item?.leaseOwner === owner && isUnsettled(item.handoff)) Object.assign(item, free);
  },

  async recordFault(handoffId, fault) {
    const item = store.handoffs.get(handoffId);
    if (item && isUnsettled(item.handoff)) item.handoff = { ...item.handoff, fault };
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
    if (!isUnsettled(item.handoff)) return true;
    if (item.handoff.state !== 'settling') return false;
    const { ending: _ending, report: _report, ...facts } = item.handoff;
    item.handoff = { ...facts, fault: undefined, ...structuredClone(end) };
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
