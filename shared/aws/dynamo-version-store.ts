import { createHash } from 'node:crypto';
import type { VersionStore } from '../consumer/version-store.ts';
import { limits } from '../contract/limits.ts';
import type { DynamoTable } from './dynamo-table.ts';

/** The key itself, or the hash of one that a table cannot hold. No key begins like a hash: it begins with a length. */
const partitionKey = (key: string): string =>
  Buffer.byteLength(key) <= limits.partitionKeyBytesMax
    ? key
    : `sha256:${createHash('sha256').update(key).digest('hex')}`;

/**
 * A consumer's states in a table of its own (partition key `pk`), one conditional write each. What is deleted keeps its
 * sequence, without a state. A write whose answer was lost and that the client repeats is answered false, though it was made.
 */
export const dynamoVersionStore = <S>(table: DynamoTable): VersionStore<S> => ({
  writeIfNewer: (key, sequence, state) =>
    table.put(
      { pk: partitionKey(key), sequence, ...(state === undefined ? {} : { state }) },
      { expression: 'attribute_not_exists(#pk) OR #sequence < :sequence', values: { sequence } },
    ),
});
