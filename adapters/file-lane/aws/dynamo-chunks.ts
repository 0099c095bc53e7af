import { isDeepStrictEqual } from 'node:util';
import type { DynamoTable, Item } from '#shared/aws/dynamo-table.ts';
import type { Chunk, Pass } from '../core/outcome/handoff.ts';
import type { ChunkRef, Ledger } from '../ports.ts';
import { chunkOf } from './chunk-item.ts';
import { chunkKey, chunkPrefix, partitionOf } from './ledger-keys.ts';
import { PublishedRecords } from './published-records.ts';

type Chunks = Pick<
  Ledger,
  'leaseChunk' | 'extendChunk' | 'releaseChunk' | 'checkpoint' | 'chunks' | 'hasPublished'
>;

export function dynamoChunks(table: DynamoTable): Chunks {
  const chunksOf = async (handoffId: string, pass: Pass): Promise<Chunk[]> =>
    (await table.query(partitionOf(handoffId), chunkPrefix(pass))).map(chunkOf);
  const published = new PublishedRecords(handoffId => chunksOf(handoffId, 'publish'));
  return {
    async leaseChunk(chunk, { owner, now, until }) {
      const item = await table.update(chunkKey(chunk), {
        set: { leaseOwner: owner, leaseUntil: until },
        add: { fencingToken: 1 },
        when: {
          expression: '#progress.#done = :no AND (#leaseUntil <= :now OR #leaseOwner = :owner)',
          values: { no: false, now, owner },
        },
      });
      if (item) return { kind: 'leased', value: chunkOf(item) };
      const held = await known(table, chunk);
      if (chunkOf(held).progress.done) return { kind: 'done' };
      return { kind: 'busy', until: Math.max(held.leaseUntil as number, now) };
    },

    async extendChunk(chunk, { fencingToken, until }) {
      await table.update(chunkKey(chunk), {
        set: { leaseUntil: until },
        when: {
          expression: '#fencingToken = :fencingToken AND attribute_exists(#leaseOwner)',
          values: { fencingToken },
        },
      });
    },

    async releaseChunk(chunk, fencingToken) {
      await table.update(chunkKey(chunk), {
        set: { leaseUntil: 0 },
        remove: ['leaseOwner'],
        when: { expression: '#fencingToken = :fencingToken', values: { fencingToken } },
      });
    },

    async checkpoint(chunk, { fencingToken, fromByte, progress }) {
      const item = await table.update(chunkKey(chunk), {
        set: { progress },
        when: {
          expression: '#fencingToken = :fencingToken AND #progress.#nextByte = :from',
          values: { fencingToken, from: fromByte },
        },
      });
      if (item) return true;
      // A repeated checkpoint whose first answer was lost gets that answer.
      const stored = chunkOf(await known(table, chunk));
      return stored.fencingToken === fencingToken && isDeepStrictEqual(stored.progress, progress);
    },

    chunks: chunksOf,

    hasPublished: (handoffId, record) => published.has(handoffId, record),
  };
}

async function known(table: DynamoTable, chunk: ChunkRef): Promise<Item> {
  const item = await table.get(chunkKey(chunk));
  if (!item)
    throw new Error(
      `the ledger does not know chunk ${chunk.n} of the ${chunk.pass} pass of ${chunk.handoffId}`,
    );
  return item;
}
