import type { BatchPlace } from './given-up.ts';

/**
 * Batches in the order of their stream. Numbers of one key rise even where its records go on in another shard (a split or
 * merged shard of Kinesis, the next shard of a DynamoDB stream), so that one order fits all shards. Of two that begin alike the
 * longer is first: the other may be only a repeat.
 */
export const inStreamOrder = <B extends BatchPlace>(batches: readonly B[]): B[] =>
  [...batches].sort((a, b) => {
    if (a.first !== b.first) return a.first < b.first ? -1 : 1;
    return b.count - a.count || a.givenUpAt.localeCompare(b.givenUpAt);
  });
