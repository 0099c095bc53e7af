import { partOf } from '../dynamodb/item.ts';
import { plainItem } from '../dynamodb/plain-value.ts';
import type { Tables } from '../dynamodb/tables.ts';

/** One file or delivery, as its books stand. */
export interface HandoffLine {
  readonly id: unknown;
  readonly integration: unknown;
  readonly key: unknown;
  readonly state: unknown;
  readonly tally: unknown;
  readonly fault: unknown;
}

/** An index of the ledger: it holds the keys of hand-offs alone, by integration in the order of their arrival. */
const index = 'by-arrival';

/** Read from the ledger by integration, the oldest of each first. */
export async function* handoffs(
  tables: Tables,
  ledger: string,
  integrations: readonly string[],
): AsyncGenerator<HandoffLine> {
  for (const integration of integrations) {
    const keys = tables.query({
      TableName: ledger,
      IndexName: index,
      KeyConditionExpression: 'integration = :integration',
      ExpressionAttributeValues: { ':integration': { S: integration } },
    });
    for await (const found of keys) {
      const item = await tables.read(ledger, partOf(found, ['pk', 'sk']));
      if (item) yield lineOf(plainItem(item));
    }
  }
}

function lineOf({
  id,
  integration,
  object,
  state,
  received,
  tally,
  fault,
}: Record<string, unknown>): HandoffLine {
  const { key } = (object ?? {}) as { readonly key?: string };
  const books = tally ? { received, ...tally } : null;
  return { id, integration, key, state, tally: books, fault: fault ?? null };
}
