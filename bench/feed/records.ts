import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import crmCustomers from '#integrations/crm-customers/contract.ts';
import erpStock from '#integrations/erp-stock/contract.ts';
import loyaltyMembers from '#integrations/loyalty-members/contract.ts';
import { change, changeWithSchema, lena } from '#test/cdc-feed/flow/debezium.ts';
import type { PutRecord } from '#test/cdc-feed/flow/stream-events.ts';

/** Updates with their row before, in the shapes of the integrations' samples; the i-th is of the i-th key. */
interface Form {
  readonly feed: CdcFeed;
  readonly record: (i: number) => PutRecord;
}

const customer = (i: number) => {
  const before = { ...lena, id: 100_000 + i, email: `customer${i}@example.com` };
  const after = { ...before, tier: 'S', updated_at: '2026-11-02T09:10:11.5Z' };
  return { op: 'u', before, after, lsn: 24_023_128 + i * 56, txId: 555 + (i >> 2) };
};

const article = (i: number, quantity: number) => ({
  ITEM_NO: String(4_711 + i),
  WAREHOUSE: 'B1',
  DESCRIPTION: `Article ${4_711 + i}`,
  QTY: quantity + 0.5,
  UOM: 'EA',
  PRICE: 3.4,
  COUNTED_AT: '2026-11-02T07:00:00.000000Z',
});

const stock = (i: number): PutRecord => ({
  partitionKey: `ERP.STOCK.${4_711 + i}.B1`,
  data: {
    data: article(i, 1_249),
    'before-image': article(i, 1_250),
    metadata: {
      timestamp: '2026-11-02T08:11:00.000000Z',
      'record-type': 'data',
      operation: 'update',
      'partition-key-type': 'primary-key',
      'schema-name': 'ERP',
      'table-name': 'STOCK',
      'transaction-id': 12_884_904_900 + (i >> 2),
    },
  },
});

const member = (i: number, points: number) => ({
  memberId: { S: `M-${i}` },
  nick: { S: `Nick M-${i}` },
  points: { N: String(points) },
  level: { N: '2' },
  joined: { S: '2024-03-01' },
});

const item = (i: number): PutRecord => ({
  data: {
    eventID: 'c4ca4238a0b923820dcc509a6f758491',
    eventName: 'MODIFY',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'eu-central-1',
    dynamodb: {
      ApproximateCreationDateTime: 1_793_606_400,
      Keys: { memberId: { S: `M-${i}` } },
      OldImage: member(i, 0),
      NewImage: member(i, 1_250),
      SequenceNumber: String(111_000_000_000_000_000_000n + BigInt(i)),
      SizeBytes: 96,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
    eventSourceARN: 'arn:aws:dynamodb:eu-central-1:123456789012:table/loyalty/stream/2026-11-01T10:00:00.000',
  },
});

export const forms = {
  'Debezium with schema': { feed: crmCustomers, record: i => changeWithSchema(customer(i)) },
  'Debezium without schema': { feed: crmCustomers, record: i => change(customer(i)) },
  DMS: { feed: erpStock, record: stock },
  'DynamoDB Streams': { feed: loyaltyMembers, record: item },
} as const satisfies Readonly<Record<string, Form>>;

export type FormName = keyof typeof forms;

export const recordsOf = (name: FormName, count: number): PutRecord[] =>
  Array.from({ length: count }, (_, i) => forms[name].record(i));
