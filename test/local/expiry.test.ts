import { removeExpired } from '#local/dynamodb/expiry.ts';
import type { Item } from '#local/dynamodb/item.ts';
import { plainItem } from '#local/dynamodb/plain-value.ts';
import { Tables } from '#local/dynamodb/tables.ts';

test('items past their time to live are removed, others stay', async () => {
  const tables = new Tables();
  await tables.start();
  await tables.create({
    TableName: 'ledger',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  } as { TableName: string });
  const put = (pk: string, expiresAt?: Item[string]) =>
    tables.call('PutItem', {
      TableName: 'ledger',
      Item: { pk: { S: pk }, ...(expiresAt && { expiresAt }) },
    });
  await put('past', { N: '999' });
  await put('now', { N: '1000' });
  await put('never');
  await put('text', { S: '1' });
  const table = { name: 'ledger', attribute: 'expiresAt', keys: ['pk'] };
  expect(await removeExpired(tables, table, 1000)).toBe(1);
  const left: unknown[] = [];
  for await (const item of tables.scan('ledger', {})) left.push(plainItem(item).pk);
  expect(left.sort()).toEqual(['never', 'now', 'text']);
  await tables.stop();
});
