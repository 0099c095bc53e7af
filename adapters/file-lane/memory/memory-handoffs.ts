import { type Handoff, isSettled } from '../core/outcome/handoff.ts';
import type { Ledger } from '../ports.ts';
import { free, type HandoffItem, isBusy, type MemoryStore, plan } from './memory-store.ts';

type Handoffs = Pick<
  Ledger,
  'open' | 'find' | 'release' | 'note' | 'begin' | 'beginPublishing' | 'beginSettling' | 'settle'
>;

export const memoryHandoffs = (store: MemoryStore): Handoffs => ({
  async open(opened, lease) {
    const item = store.handoffs.get(opened.id);
    if (item && isSettled(item.handoff.state)) return { kind: 'settled', value: copy(item) };
    if (item && isBusy(item, lease)) return { kind: 'busy', until: item.leaseUntil };
    const before: Handoff = item?.handoff ?? { ...opened, state: 'received', attempts: 0 };
    const handoff = { ...before, attempts: before.attempts + 1 };
    const held = { handoff, leaseOwner: lease.owner, leaseUntil: lease.until };
    store.handoffs.set(opened.id, held);
    return { kind: 'leased', value: copy(held) };
  },

  async find(handoffId) {
    const item = store.handoffs.get(handoffId);
    return item && copy(item);
  },

  async release(handoffId, owner) {
    const item = store.handoffs.get(handoffId);
    if (item?.leaseOwner === owner && !isSettled(item.handoff.state)) Object.assign(item, free);
  },

  async note(handoffId, fault) {
    const item = store.handoffs.get(handoffId);
    if (item && !isSettled(item.handoff.state)) item.handoff = { ...item.handoff, fault };
  },

  async begin(handoffId, owner, inspection, identity, pass) {
    const item = store.handoffs.get(handoffId);
    if (item?.leaseOwner !== owner || !isUnderWay(item.handoff)) return false;
    plan(store, handoffId, pass, inspection.chunks);
    item.handoff = {
      ...item.handoff,
      state: 'processing',
      inspection: item.handoff.inspection ?? structuredClone(inspection),
      identity: item.handoff.identity ?? identity,
      pass: item.handoff.pass ?? pass,
    };
    return true;
  },

  async beginPublishing(handoffId, chunks) {
    const item = known(store, handoffId);
    if (item.handoff.state !== 'processing' || item.handoff.pass === 'publish') return;
    plan(store, handoffId, 'publish', chunks);
    item.handoff = { ...item.handoff, pass: 'publish' };
  },

  async beginSettling(handoffId, lease, settledAt) {
    const item = known(store, handoffId);
    if (isSettled(item.handoff.state)) return { kind: 'settled', value: copy(item) };
    if (isBusy(item, lease)) return { kind: 'busy', until: item.leaseUntil };
    item.handoff = {
      ...item.handoff,
      state: 'settling',
      settledAt: item.handoff.settledAt ?? settledAt,
    };
    Object.assign(item, { leaseOwner: lease.owner, leaseUntil: lease.until });
    return { kind: 'leased', value: copy(item) };
  },

  async settle(handoffId, owner, { expiresAt: _, ...end }) {
    const item = store.handoffs.get(handoffId);
    if (item?.leaseOwner !== owner) return false;
    if (isSettled(item.handoff.state)) return true;
    if (item.handoff.state !== 'settling') return false;
    item.handoff = { ...item.handoff, fault: undefined, ...structuredClone(end) };
    return true;
  },
});

const isUnderWay = ({ state }: Handoff): boolean => state === 'received' || state === 'processing';

const copy = (item: HandoffItem): Handoff => structuredClone(item.handoff);

function known(store: MemoryStore, handoffId: string): HandoffItem {
  const item = store.handoffs.get(handoffId);
  if (!item) throw new Error(`the ledger does not know hand-off ${handoffId}`);
  return item;
}
