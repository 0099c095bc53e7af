import type { BatchPlace } from './undelivered-batch.ts';

/**
 * Batches in the order of their stream. Sequence numbers of one key rise even where its records continue in another shard (a split
 * or merged shard of Kinesis, the next shard of a DynamoDB stream), so one order fits all shards. Of two batches with the same
 * first record the longer comes first: the other may be a repeat.
 */
export const inStreamOrder = <B extends BatchPlace>(batches: readonly B[]): B[] =>
  [...batches].sort((a, b) => {
    if (a.first !== b.first) return a.first < b.first ? -1 : 1;
    return b.count - a.count || a.undeliveredSince.localeCompare(b.undeliveredSince);
  });
