import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { begun, lease, plans, settlement, settlingAt } from '#test/shared/ports/given.ts';
import { type LocalAws, startLocalAws } from '#test/shared/ports/local-aws.ts';

let aws: LocalAws;

beforeAll(async () => {
  aws = await startLocalAws();
});

afterAll(() => aws.stop());

const itemsOf = async (handoffId: string): Promise<Record<string, unknown>[]> => {
  const { Items = [] } = await DynamoDBDocumentClient.from(aws.dynamo).send(
    new QueryCommand({
      TableName: 'ledger',
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `acme-orders#${handoffId}` },
    }),
  );
  return Items;
};

describe('the ledger’s items', () => {
  it('hold a hand-off’s fields as plain attributes, under a key that begins with its integration', async () => {
    const id = await begun(aws.ports.ledger, 'check');
    const items = await itemsOf(id);
    expect(items.map(item => item.sk)).toEqual(['CHUNK#check#000000', 'CHUNK#check#000001', 'HANDOFF']);
    expect(items[2]).toMatchObject({
      id,
      integration: 'acme-orders',
      object: { bucket: 'inbound', versionId: 'v1' },
      state: 'processing',
      attempts: 1,
      pass: 'check',
      leaseOwner: 'one',
      leaseUntil: 61_000,
      updatedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
  });

  it('all expire once the hand-off is settled, and none before', async () => {
    const { ledger } = aws.ports;
    const id = await begun(ledger, 'check');
    await ledger.beginPublishing(id, plans);
    expect((await itemsOf(id)).map(item => item.expiresAt)).toEqual(Array(5).fill(undefined));
    await ledger.beginSettling(id, lease('one'), settlingAt('2026-01-05T09:00:00.000Z'));
    await ledger.settle(id, 'one', settlement);
    expect((await itemsOf(id)).map(item => item.expiresAt)).toEqual(Array(5).fill(settlement.expiresAt));
  });
});
