import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoHighMarks } from '#adapters/cdc-feed/aws/dynamo-high-marks.ts';
import { emptyMark, type HighMark } from '#adapters/cdc-feed/core/feed/high-mark.ts';
import { MemoryHighMarks } from '#adapters/cdc-feed/memory/memory-high-marks.ts';
import type { HighMarks } from '#adapters/cdc-feed/ports.ts';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { type LocalAws, startLocalAws } from '#test/shared/ports/local-aws.ts';

let aws: LocalAws;

beforeAll(async () => {
  aws = await startLocalAws();
});

afterAll(() => aws.stop());

const inDynamoDb = () => dynamoHighMarks(new DynamoTable(DynamoDBDocumentClient.from(aws.dynamo), 'ledger'));

const markAt = (position: string): HighMark => ({
  ...emptyMark(3),
  logs: { crm: { position, signs: { time: '2026-11-02T08:00:00.000000000Z', 'server 1': '' } } },
  falls: [{ sequenceNumber: '49', epoch: 2 }],
});

describe.each<[string, () => HighMarks]>([
  ['in memory', () => new MemoryHighMarks()],
  ['in DynamoDB', inDynamoDb],
])('a high mark, %s', (name, create) => {
  const key = `feed#mark#${name}`;

  it('is read as it was stored, and replaced by the next', async () => {
    const marks = create();
    expect(await marks.read(key)).toBeUndefined();
    expect(await marks.store(key, markAt('10'), undefined)).toBe(true);
    const first = await marks.read(key);
    expect(first?.mark).toEqual(markAt('10'));
    expect(await marks.store(key, markAt('20'), first)).toBe(true);
    expect((await marks.read(key))?.mark).toEqual(markAt('20'));
    expect(await marks.read(`${key}-other`)).toBeUndefined();
  });

  it('is not replaced by one that was made of an older one', async () => {
    const marks = create();
    const other = `${key}-raced`;
    expect(await marks.store(other, markAt('10'), undefined)).toBe(true);
    expect(await marks.store(other, markAt('11'), undefined)).toBe(false);
    const read = await marks.read(other);
    expect(await marks.store(other, markAt('20'), read)).toBe(true);
    expect(await marks.store(other, markAt('15'), read)).toBe(false);
    expect((await marks.read(other))?.mark).toEqual(markAt('20'));
  });
});
