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

/** Read from the ledger: its items with sort key `HANDOFF`. */
export async function* handoffs(tables: Tables, ledger: string): AsyncGenerator<HandoffLine> {
  const filter = {
    FilterExpression: 'sk = :handoff',
    ExpressionAttributeValues: { ':handoff': { S: 'HANDOFF' } },
  };
  for await (const item of tables.scan(ledger, filter)) {
    const { id, integration, object, state, received, tally, fault } = plainItem(item);
    const { key } = (object ?? {}) as { readonly key?: string };
    const books = tally ? { received, ...tally } : null;
    yield { id, integration, key, state, tally: books, fault: fault ?? null };
  }
}
