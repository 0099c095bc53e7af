import { createHash, randomUUID } from 'node:crypto';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { dynamoVersionStore } from '#shared/aws/dynamo-version-store.ts';
import { type LocalAws, startLocalAws } from '../ports/local-aws.ts';
import { versionStoreCases } from './version-store.cases.ts';

let local: LocalAws;
let table: DynamoTable;
beforeAll(async () => {
  local = await startLocalAws();
  table = new DynamoTable(DynamoDBDocumentClient.from(local.dynamo), 'claims');
});
afterAll(() => local.stop());

versionStoreCases('a DynamoDB table', () => {
  const own = randomUUID();
  const store = dynamoVersionStore<string>(table);
  return {
    store: { writeIfNewer: (key, sequence, state) => store.writeIfNewer(own + key, sequence, state) },
    stateOf: async key => (await table.get({ pk: own + key }))?.state as string | undefined,
  };
});

test('of a key longer than a table can hold, the store holds its hash', async () => {
  const store = dynamoVersionStore<string>(table);
  const long = randomUUID() + 'k'.repeat(3_000);
  expect(await store.writeIfNewer(long, '2', 'newer')).toBe(true);
  expect(await store.writeIfNewer(long, '1', 'older')).toBe(false);
  expect(await store.writeIfNewer(`${long}2`, '1', 'another')).toBe(true);
  const hash = createHash('sha256').update(long).digest('hex');
  expect(await table.get({ pk: `sha256:${hash}` })).toMatchObject({ sequence: '2', state: 'newer' });
});
