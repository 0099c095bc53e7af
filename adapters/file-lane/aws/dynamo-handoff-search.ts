import type { Condition } from '#shared/aws/dynamo-expression.ts';
import type { DynamoTable, Item } from '#shared/aws/dynamo-table.ts';
import { type HandoffIndex, handoffIndexes, inState } from '../core/outcome/handoff-indexes.ts';
import {
  type HandoffPlace,
  type HandoffQuery,
  type HandoffSummary,
  isAskedFor,
  orderOf,
} from '../core/outcome/handoff-query.ts';
import type { HandoffSearch } from '../ports.ts';
import { summaryFields, summaryOf } from './handoff-item.ts';
import { handoffKey, handoffOfPartition } from './ledger-keys.ts';

/** Reads keys from an index, then the items themselves: an index is a moment late, so each item is held against the query again. */
export const dynamoHandoffSearch = (table: DynamoTable): HandoffSearch => ({
  async list(query) {
    const index = indexOf(query);
    const partition = partitionOf(index, query);
    const { keys, last } = await table.keysIn({
      index: index.name,
      condition: conditionOf(index, query),
      newestFirst: orderOf(query) === 'time',
      limit: query.limit,
      after: query.after && startKey(index, partition, query.after),
    });
    const items = await table.getMany(keys, summaryFields);
    const byPartition = new Map(items.map(item => [item.pk, item]));
    const found = keys.flatMap(({ pk }) => summariesOf(byPartition.get(pk)));
    return {
      handoffs: found.filter(handoff => isAskedFor(handoff, query)),
      next: last && { id: handoffOfPartition(String(last.pk)), sortedBy: String(last[index.sort]) },
    };
  },
});

/** None for one that expired since. */
const summariesOf = (item: Item | undefined): readonly HandoffSummary[] => (item ? [summaryOf(item)] : []);

function indexOf({ keyPrefix, state, isUnreconciled }: HandoffQuery): HandoffIndex {
  if (isUnreconciled) return handoffIndexes.reconciliation;
  if (keyPrefix !== undefined) return handoffIndexes.key;
  return state === undefined ? handoffIndexes.arrival : handoffIndexes.state;
}

const partitionOf = (index: HandoffIndex, { integration, state }: HandoffQuery): string =>
  index === handoffIndexes.state && state ? inState(integration, state) : integration;

function conditionOf(index: HandoffIndex, query: HandoffQuery): Condition {
  const { keyPrefix, from = '', to = '~' } = query;
  const partition = partitionOf(index, query);
  if (keyPrefix === '') return { expression: `#${index.partition} = :partition`, values: { partition } };
  return keyPrefix === undefined
    ? {
        // BETWEEN takes its upper end as well; the items are held against `to` again.
        expression: `#${index.partition} = :partition AND #${index.sort} BETWEEN :from AND :to`,
        values: { partition, from: from || '0', to },
      }
    : {
        expression: `#${index.partition} = :partition AND begins_with(#${index.sort}, :prefix)`,
        values: { partition, prefix: keyPrefix },
      };
}

const startKey = (index: HandoffIndex, partition: string, { id, sortedBy }: HandoffPlace) => ({
  ...handoffKey(id),
  [index.partition]: partition,
  [index.sort]: sortedBy,
});
