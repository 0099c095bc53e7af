import type { VersionStore } from '../consumer/version-store.ts';
import type { DynamoTable } from './dynamo-table.ts';

/**
 * A consumer's states in a table of its own (partition key `pk`), one conditional write each. What is deleted keeps its
 * sequence, without a state. A write whose answer was lost and that the client repeats is answered false, though it was made.
 */
export const dynamoVersionStore = <S>(table: DynamoTable): VersionStore<S> => ({
  writeIfNewer: (key, sequence, state) =>
    table.put(
      { pk: key, sequence, ...(state === undefined ? {} : { state }) },
      { expression: 'attribute_not_exists(#pk) OR #sequence < :sequence', values: { sequence } },
    ),
});
