import { randomUUID } from 'node:crypto';
import type { ChunkPlan, Inspection, Pass, Progress } from '#adapters/file-lane/core/outcome/handoff.ts';
import type {
  ChunkRef,
  Lease,
  Ledger,
  NewDelivery,
  Settlement,
  SettlingStart,
} from '#adapters/file-lane/ports.ts';
import { emptyTally } from '#shared/core/outcome/tally.ts';

/** Fresh values for the suites. */
export const newHandoff = (): NewDelivery => ({
  id: `acme-orders.${randomUUID()}`,
  integration: 'acme-orders',
  object: { bucket: 'inbound', key: 'acme/in/orders 20260105 ü+%.csv', versionId: 'v1', etag: 'e1' },
  causationId: 'notification-1',
  receivedAt: '2026-01-05T08:00:00.000Z',
  period: undefined,
});

export const chunkAt = (handoffId: string, pass: Pass, n: number): ChunkRef => ({ handoffId, pass, n });

/** From `now` for 60 seconds. */
export const lease = (owner: string, now = 1_000): Lease => ({ owner, now, until: now + 60_000 });

export const plans: readonly ChunkPlan[] = [
  { n: 0, byteStart: 20, byteEnd: 120, firstRecord: 1, firstLine: 2, records: 10 },
  { n: 1, byteStart: 120, byteEnd: 200, firstRecord: 11, firstLine: 12, records: 8 },
];

export const inspection: Inspection = {
  bytes: 200,
  sha256: 'a'.repeat(64),
  contentSha256: 'b'.repeat(64),
  source: { bucket: 'raw', key: 'acme-orders/clean', versionId: 'v7' },
  records: 18,
  commentLines: 2,
  recordsSha256: 'c'.repeat(64),
  chunks: plans,
  columns: ['sku', 'amount', 'note'],
  columnsAt: [0, 2, -1],
  width: 3,
  ignoredColumns: ['', 'remark'],
  declaredTotals: { amount: '12.50' },
};

export const progressAt = (nextByte: number, nextRecord: number, done = false): Progress => ({
  nextByte,
  nextRecord,
  nextLine: nextRecord + 1,
  tally: { ...emptyTally, published: nextRecord - 1 },
  quarantineParts: ['acme-orders/part-1.jsonl'],
  totals: { amount: '3.10' },
  done,
});

export const settlingAt = (settledAt: string): SettlingStart => ({ settledAt, ending: { pass: 'publish' } });

export const settlement: Settlement = {
  state: 'complete',
  received: 18,
  tally: { ...emptyTally, published: 18 },
  expiresAt: 1_800_000_000,
};

/** A hand-off leased by `one`, inspected, with its two chunks planned. */
export async function begun(ledger: Ledger, pass: 'check' | 'publish' = 'publish'): Promise<string> {
  const handoff = newHandoff();
  await ledger.open(handoff, lease('one'));
  await ledger.begin(handoff.id, 'one', { inspection, identity: 'identity', pass });
  return handoff.id;
}
