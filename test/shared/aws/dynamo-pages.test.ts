import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { type LocalAws, startLocalAws } from '../ports/local-aws.ts';

let aws: LocalAws;

beforeAll(async () => {
  aws = await startLocalAws();
});

afterAll(() => aws.stop());

it('reads a partition that takes several answers: DynamoDB gives at most 1 MB each', async () => {
  const client = DynamoDBDocumentClient.from(aws.dynamo);
  const table = new DynamoTable(client, 'ledger');
  const sortKeys = Array.from({ length: 6 }, (_, n) => `CHUNK#${n}`);
  for (const sk of sortKeys)
    await table.put(
      { pk: 'many', sk, text: 'x'.repeat(300_000) },
      { expression: 'attribute_not_exists(#pk)' },
    );
  let calls = 0;
  client.middlewareStack.add(
    next => args => {
      calls++;
      return next(args);
    },
    { step: 'initialize' },
  );
  expect((await table.query('many', 'CHUNK#')).map(({ sk }) => sk)).toEqual(sortKeys);
  expect(calls).toBe(2);
});

it('leaves no endpoint of its own in the environment', async () => {
  const before = { ...process.env };
  const other = await startLocalAws();
  expect(process.env.AWS_ENDPOINT_URL_SQS).not.toBe(before.AWS_ENDPOINT_URL_SQS);
  await other.stop();
  expect({ ...process.env }).toEqual(before);
});
