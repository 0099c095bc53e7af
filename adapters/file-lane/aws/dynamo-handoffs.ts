import type { Condition } from '#shared/aws/dynamo-expression.ts';
import type { DynamoTable, Item } from '#shared/aws/dynamo-table.ts';
import {
  type HandoffState,
  isSettled,
  type SettledHandoff,
  type SettlingHandoff,
  type UnsettledHandoff,
} from '../core/outcome/handoff.ts';
import type { Lease, Ledger } from '../ports.ts';
import { expireChunks, planChunks } from './chunk-item.ts';
import { handoffOf, inspected, stated, toReconcile } from './handoff-item.ts';
import { held, isFree, isOwned, isUnsettled } from './handoff-lease.ts';
import { handoffKey } from './ledger-keys.ts';

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

export const dynamoHandoffs = (table: DynamoTable, now: () => number): Handoffs => ({
  async await({ id, ...facts }, wait) {
    await table.update(handoffKey(id), {
      set: { ...wait, updatedAt: stamp(now) },
      setOnce: {
        ...{ id, ...facts, objectKey: facts.object.key, attempts: 0, leaseUntil: 0 },
        ...stated(id, 'awaiting'),
        ...toReconcile(id),
      },
      when: {
        expression: 'attribute_not_exists(#pk) OR #state = :awaiting',
        values: { awaiting: 'awaiting' },
      },
    });
  },

  async endAwaiting(handoffId) {
    await table.delete(handoffKey(handoffId), {
      expression: '#state = :awaiting',
      values: { awaiting: 'awaiting' },
    });
  },

  async open({ id, ...facts }, lease) {
    const item = await table.update(handoffKey(id), {
      set: { ...held(lease), updatedAt: stamp(now) },
      setOnce: { id, ...facts, objectKey: facts.object.key, ...stated(id, 'received'), ...toReconcile(id) },
      add: { attempts: 1 },
      remove: ['nextRetryAt', 'stoppedAt'],
      when: { ...isFree(lease), expression: `attribute_not_exists(#pk) OR ${isFree(lease).expression}` },
    });
    return item
      ? { kind: 'leased', value: handoffOf<UnsettledHandoff>(item) }
      : settledOrBusy(table, id, lease);
  },

  async find(handoffId) {
    const item = await table.get(handoffKey(handoffId));
    return item && handoffOf(item);
  },

  async extend(handoffId, { owner, until }) {
    await table.update(handoffKey(handoffId), {
      set: { leaseUntil: until },
      when: isOwned(owner, ['received', 'processing', 'settling']),
    });
  },

  async release(handoffId, owner) {
    await table.update(handoffKey(handoffId), {
      set: { leaseUntil: 0, updatedAt: stamp(now) },
      remove: ['leaseOwner'],
      when: isOwned(owner, ['received', 'processing', 'settling']),
    });
  },

  async recordReprocessed(handoffId, by) {
    await table.update(handoffKey(handoffId), {
      set: { reprocessedBy: by, updatedAt: stamp(now) },
      when: { expression: 'attribute_exists(#pk)' },
    });
  },

  async recordFault(handoffId, fault) {
    await table.update(handoffKey(handoffId), {
      set: { fault, updatedAt: stamp(now) },
      when: isUnsettled,
    });
  },

  async recordRetry(handoffId, retry) {
    await table.update(handoffKey(handoffId), {
      set: { ...retry, updatedAt: stamp(now) },
      remove: ['nextRetryAt' in retry ? 'stoppedAt' : 'nextRetryAt'],
      when: isUnsettled,
    });
  },

  async begin(handoffId, owner, { inspection, ...claimed }) {
    const { pass } = claimed;
    // An owner that lost the lease plans nothing: its cuts may come from an older release.
    const before = await table.get(handoffKey(handoffId));
    if (before?.leaseOwner !== owner || !isUnderWay(before)) return false;
    // Chunks first: a hand-off with an inspection has all its chunks.
    await planChunks(table, handoffId, pass, inspection.chunks);
    const item = await table.update(handoffKey(handoffId), {
      set: { ...stated(handoffId, 'processing'), updatedAt: stamp(now) },
      setOnce: { ...inspected(inspection), ...claimed },
      when: isOwned(owner, ['received', 'processing']),
    });
    return item !== undefined;
  },

  async beginPublishing(handoffId, chunks) {
    const item = await known(table, handoffId);
    if (item.state !== 'processing' || item.pass === 'publish') return;
    await planChunks(table, handoffId, 'publish', chunks);
    await table.update(handoffKey(handoffId), {
      set: { pass: 'publish', updatedAt: stamp(now) },
      when: { expression: '#state = :processing', values: { processing: 'processing' } },
    });
  },

  async beginSettling(handoffId, lease, { inspection, ...start }) {
    const begun = await table.update(handoffKey(handoffId), {
      set: { ...held(lease), ...stated(handoffId, 'settling'), updatedAt: stamp(now) },
      setOnce: { ...start, ...(inspection && inspected(inspection)) },
      when: alsoWhen(isFree(lease), '#state <> :settling'),
    });
    // What was kept when settling began counts, whatever a later attempt found.
    const item =
      begun ??
      (await table.update(handoffKey(handoffId), {
        set: { ...held(lease), updatedAt: stamp(now) },
        when: alsoWhen(isFree(lease), '#state = :settling'),
      }));
    return item
      ? { kind: 'leased', value: handoffOf<SettlingHandoff>(item) }
      : settledOrBusy(table, handoffId, lease);
  },

  async checkpointReport(handoffId, owner, report) {
    const item = await table.update(handoffKey(handoffId), {
      set: { report, updatedAt: stamp(now) },
      when: isOwned(owner, ['settling']),
    });
    return item !== undefined;
  },

  async settle(handoffId, owner, end) {
    await expireChunks(table, handoffId, end.expiresAt);
    const item = await table.update(handoffKey(handoffId), {
      set: { ...end, ...stated(handoffId, end.state), updatedAt: stamp(now) },
      remove: ['ending', 'report', 'nextRetryAt', 'stoppedAt', ...(end.fault ? [] : ['fault'])],
      when: isOwned(owner, ['settling']),
    });
    return item !== undefined || isSettledBy(owner, await table.get(handoffKey(handoffId)));
  },
});

const alsoWhen = ({ expression, values }: Condition, state: string): Condition => ({
  expression: `${expression} AND ${state}`,
  values: { ...values, settling: 'settling' },
});

const stamp = (now: () => number): string => new Date(now()).toISOString();

async function settledOrBusy(table: DynamoTable, handoffId: string, lease: Lease) {
  const item = await known(table, handoffId);
  if (isSettled(item.state as HandoffState))
    return { kind: 'settled', value: handoffOf<SettledHandoff>(item) } as const;
  // Released since the condition was tried: it may be tried again at once.
  return { kind: 'busy', until: Math.max(item.leaseUntil as number, lease.now) } as const;
}

const isUnderWay = ({ state }: Item): boolean => state === 'received' || state === 'processing';

/** A repeated settle whose first answer was lost gets that answer. */
const isSettledBy = (owner: string, item: Item | undefined): boolean =>
  item?.leaseOwner === owner && isSettled(item.state as HandoffState);

async function known(table: DynamoTable, handoffId: string): Promise<Item> {
  const item = await table.get(handoffKey(handoffId));
  if (!item) throw new Error(`the ledger does not know hand-off ${handoffId}`);
  return item;
}
