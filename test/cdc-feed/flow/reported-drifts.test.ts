import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { cdcFeedPorts } from '#adapters/cdc-feed/aws/cdc-feed-ports.ts';
import { dynamoReportedDrifts } from '#adapters/cdc-feed/aws/dynamo-reported-drifts.ts';
import { MemoryReportedDrifts } from '#adapters/cdc-feed/memory/memory-reported-drifts.ts';
import type { ReportedDrifts } from '#adapters/cdc-feed/ports.ts';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { type LocalAws, startLocalAws } from '#test/shared/ports/local-aws.ts';

let aws: LocalAws;

beforeAll(async () => {
  aws = await startLocalAws();
});

afterAll(() => aws.stop());

const inDynamoDb = () =>
  dynamoReportedDrifts(new DynamoTable(DynamoDBDocumentClient.from(aws.dynamo), 'ledger'), () => 0);

describe.each<[string, () => ReportedDrifts]>([
  ['in memory', () => new MemoryReportedDrifts()],
  ['in DynamoDB', inDynamoDb],
])('what was reported, %s', (name, create) => {
  const key = `feed#drift#${name}`;

  it('is known from then on, however often it is added', async () => {
    const reported = create();
    expect(await reported.has(key)).toBe(false);
    await reported.add(key);
    await reported.add(key);
    expect(await reported.has(key)).toBe(true);
    expect(await reported.has(`${key}-other`)).toBe(false);
  });
});

describe('a feed’s ports', () => {
  it('name every environment variable that is missing', () => {
    expect(() => cdcFeedPorts({ BUS_NAME: 'edge', RAW_BUCKET: '' })).toThrow(
      'environment variables missing: LEDGER_TABLE, OPERATE_TABLE, RAW_BUCKET, QUARANTINE_BUCKET, CHANGES_QUEUE_URL',
    );
  });

  it('keep to the buckets that the function was given', async () => {
    const ports = cdcFeedPorts({
      ...process.env,
      BUS_NAME: 'edge',
      LEDGER_TABLE: 'ledger',
      OPERATE_TABLE: 'operate',
      RAW_BUCKET: 'raw',
      QUARANTINE_BUCKET: 'quarantine',
      CHANGES_QUEUE_URL: 'http://127.0.0.1/changes',
    });
    const written = await ports.files.write('raw', 'feed/1.records', Buffer.from('a'), 'text/plain');
    expect(ports.files.uri(written)).toMatch(/^s3:\/\/raw\/feed\/1\.records/);
    expect(() => ports.files.uri({ bucket: 'inbound', key: 'a' })).toThrow('no inbound bucket');
  });
});
