import type { DynamoTable, Item } from '#shared/aws/dynamo-table.ts';
import { limits } from '#shared/contract/limits.ts';
import { noEvents } from '#shared/core/batch/event-digest.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import { emptyTally } from '#shared/core/outcome/tally.ts';
import type { Chunk, ChunkPlan, Pass, Progress } from '../core/outcome/handoff.ts';
import { chunkKey, partitionOf } from './ledger-keys.ts';

/** Writes the chunks that are not there yet; those that are keep their progress, so it can be repeated. */
export async function planChunks(
  table: DynamoTable,
  handoffId: string,
  pass: Pass,
  plans: readonly ChunkPlan[],
): Promise<void> {
  await inParallel(plans, limits.callsInFlightMax, plan =>
    table.put(unbegun(handoffId, pass, plan), { expression: 'attribute_not_exists(#pk)' }),
  );
}

const unbegun = (handoffId: string, pass: Pass, plan: ChunkPlan): Item => ({
  ...chunkKey({ handoffId, pass, n: plan.n }),
  n: plan.n,
  byteStart: plan.byteStart,
  byteEnd: plan.byteEnd,
  firstRecord: plan.firstRecord,
  firstLine: plan.firstLine,
  records: plan.records,
  pass,
  fencingToken: 0,
  leaseUntil: 0,
  progress: startOf(plan),
});

const startOf = (plan: ChunkPlan): Progress => ({
  nextByte: plan.byteStart,
  nextRecord: plan.firstRecord,
  nextLine: plan.firstLine,
  tally: emptyTally,
  quarantineParts: [],
  totals: {},
  published: noEvents,
  done: false,
});

export function chunkOf(item: Item): Chunk {
  const { n, byteStart, byteEnd, firstRecord, firstLine, records, pass, fencingToken, progress } =
    item as unknown as Chunk;
  return { n, byteStart, byteEnd, firstRecord, firstLine, records, pass, fencingToken, progress };
}

/** Comes before the hand-off's last write, so that a crash in between leaves nothing behind that never expires. */
export async function expireChunks(table: DynamoTable, handoffId: string, expiresAt: number): Promise<void> {
  const chunks = await table.query(partitionOf(handoffId), 'CHUNK#');
  await inParallel(chunks, limits.callsInFlightMax, chunk =>
    table.update(
      { pk: String(chunk.pk), sk: String(chunk.sk) },
      { set: { expiresAt }, when: { expression: 'attribute_exists(#pk)' } },
    ),
  );
}
