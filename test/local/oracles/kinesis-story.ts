/** One call of Kinesis over HTTP: JSON 1.1. */
export type Call = (action: string, input: object) => Promise<Answer>;

export interface Answer {
  readonly status: number;
  readonly body: Body;
}

/** Calls a Kinesis without a signature that it would have to check. */
export const callerOf =
  (origin: string): Call =>
  async (action, input) => {
    const answer = await fetch(origin, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `Kinesis_20131202.${action}`,
        'x-amz-date': '20260101T000000Z',
        authorization:
          'AWS4-HMAC-SHA256 Credential=local/20260101/eu-central-1/kinesis/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: JSON.stringify(input),
    });
    const text = await answer.text();
    return { status: answer.status, body: text ? JSON.parse(text) : {} };
  };

/** What the story reads of answers. */
interface Body extends Partial<Placed> {
  readonly __type?: string;
  readonly StreamDescriptionSummary?: { readonly StreamStatus: string };
  readonly Shards?: readonly { readonly ShardId: string; readonly HashKeyRange: object }[];
  readonly Records?: readonly (Partial<Placed> & { readonly Data?: string })[];
  readonly ShardIterator?: string;
  readonly NextShardIterator?: string;
}

interface Placed {
  readonly ShardId: string;
  readonly SequenceNumber: string;
}

/** What was asked and what came, without what differs from run to run: numbers, times, iterators, wording. */
export type Told = readonly (readonly [asked: string, came: unknown])[];

const StreamName = 'story';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const kib = (count: number): string => Buffer.alloc(count * 1024, 'x').toString('base64');
const text = (data: string): string => Buffer.from(data, 'base64').toString();

/** Shard boundaries, and keys of every kind that a database's connector makes. */
const keys = ['a', 'b', 'd', 'e', '42', '{"id":42}', 'ü', '日本', 'x'.repeat(256)];
const hashKeys = ['0', String(2n ** 126n - 1n), String(2n ** 126n), String(2n ** 128n - 1n)];

/**
 * Tells a Kinesis all that the suite and its partners ask of it, and what each must refuse. Two implementations that agree tell the
 * same.
 */
export async function tellStory(call: Call): Promise<Told> {
  const told: [string, unknown][] = [];
  const ask = async (asked: string, action: string, input: object): Promise<void> => {
    const { status, body } = await call(action, input);
    told.push([asked, status === 200 ? shapeOf(body) : { status, error: errorOf(body) }]);
  };
  const tell = (asked: string, came: unknown): void => void told.push([asked, came]);
  await create(ask, call, tell);
  const put = await putAll(call, tell);
  await read(call, tell, put);
  for (const [asked, action, input] of refused) await ask(asked, action, input);
  return told;
}

type Ask = (asked: string, action: string, input: object) => Promise<void>;
type Tell = (asked: string, came: unknown) => void;

async function create(ask: Ask, call: Call, tell: Tell): Promise<void> {
  await call('CreateStream', { StreamName, ShardCount: 4 });
  await until(
    async () => (await call('DescribeStreamSummary', { StreamName })).body.StreamDescriptionSummary,
  );
  await ask('a stream of the same name', 'CreateStream', { StreamName, ShardCount: 1 });
  const { body } = await call('ListShards', { StreamName });
  tell(
    'shards',
    body.Shards?.map(({ ShardId, HashKeyRange }) => [ShardId, HashKeyRange]),
  );
  await ask('streams', 'ListStreams', {});
  await ask('a stream', 'DescribeStream', { StreamName });
  await ask('a stream in short', 'DescribeStreamSummary', { StreamName });
}

async function until(find: () => Promise<{ StreamStatus: string } | undefined>): Promise<void> {
  while ((await find())?.StreamStatus !== 'ACTIVE') await new Promise(done => setTimeout(done, 50));
}

async function putAll(call: Call, tell: Tell): Promise<readonly Placed[]> {
  const placed: Placed[] = [];
  for (const PartitionKey of keys) {
    const { body } = await call('PutRecord', { StreamName, PartitionKey, Data: base64(PartitionKey) });
    tell(`shard of the key ${PartitionKey.slice(0, 12)}`, body.ShardId);
    placed.push(placedIn(body));
  }
  for (const ExplicitHashKey of hashKeys) {
    const record = { PartitionKey: 'k', ExplicitHashKey, Data: base64(ExplicitHashKey) };
    const { body } = await call('PutRecord', { StreamName, ...record });
    tell(`shard of the hash ${ExplicitHashKey}`, body.ShardId);
    placed.push(placedIn(body));
  }
  const Records = ['a', 'b', 'a'].map(PartitionKey => ({ PartitionKey, Data: base64('of many') }));
  const { body } = await call('PutRecords', { StreamName, Records });
  tell('many records', shapeOf(body));
  tell(
    'shards of many records',
    body.Records?.map(({ ShardId }) => ShardId),
  );
  placed.push(...(body.Records ?? []).map(placedIn));
  tell('whether numbers grow within a shard', grow(placed));
  return placed;
}

const placedIn = ({ ShardId = '', SequenceNumber = '' }: Partial<Placed>): Placed => ({
  ShardId,
  SequenceNumber,
});

const grow = (placed: readonly Placed[]): boolean =>
  placed.every(({ ShardId, SequenceNumber }, n) =>
    placed
      .slice(0, n)
      .every(before => before.ShardId !== ShardId || BigInt(before.SequenceNumber) < BigInt(SequenceNumber)),
  );

async function read(call: Call, tell: Tell, placed: readonly Placed[]): Promise<void> {
  const [{ ShardId }] = placed as [Placed];
  const ofShard = placed.filter(one => one.ShardId === ShardId);
  const StartingSequenceNumber = ofShard[1]?.SequenceNumber;
  const from = async (ShardIteratorType: string, more: object = {}) => {
    const place = { StreamName, ShardId, ShardIteratorType, ...more };
    return (await call('GetShardIterator', place)).body.ShardIterator;
  };
  const records = async (ShardIterator: string | undefined, Limit?: number) =>
    (await call('GetRecords', { ShardIterator, ...(Limit && { Limit }) })).body;
  const dataOf = ({ Records = [] }: Body) => Records.map(({ Data = '' }) => text(Data));
  tell('from the oldest', dataOf(await records(await from('TRIM_HORIZON'))));
  tell('from the latest', dataOf(await records(await from('LATEST'))));
  tell('at a number', dataOf(await records(await from('AT_SEQUENCE_NUMBER', { StartingSequenceNumber }))));
  tell(
    'after a number',
    dataOf(await records(await from('AFTER_SEQUENCE_NUMBER', { StartingSequenceNumber }))),
  );
  tell('since a time', dataOf(await records(await from('AT_TIMESTAMP', { Timestamp: 1 }))));
  const first = await records(await from('TRIM_HORIZON'), 2);
  tell('two records', [dataOf(first), shapeOf(first)]);
  tell('the next two', dataOf(await records(first.NextShardIterator, 2)));
  tell('the same iterator again', dataOf(await records(await from('TRIM_HORIZON'), 2)));
}

const record = { StreamName, PartitionKey: 'a', Data: base64('x') };
const iterator = { StreamName, ShardId: 'shardId-000000000000', ShardIteratorType: 'TRIM_HORIZON' };

/** What must be refused, and how. */
const refused: readonly (readonly [asked: string, action: string, input: object])[] = [
  ['a record for no stream', 'PutRecord', { ...record, StreamName: 'none' }],
  ['a record without a key', 'PutRecord', { StreamName, Data: base64('x') }],
  ['a record with an empty key', 'PutRecord', { ...record, PartitionKey: '' }],
  ['a record with a key of 257 characters', 'PutRecord', { ...record, PartitionKey: 'x'.repeat(257) }],
  ['a record with a hash beyond the last', 'PutRecord', { ...record, ExplicitHashKey: String(2n ** 128n) }],
  ['a record without data', 'PutRecord', { StreamName, PartitionKey: 'a' }],
  ['a record of 11 MiB', 'PutRecord', { ...record, Data: kib(11 * 1024) }],
  ['no records', 'PutRecords', { StreamName, Records: [] }],
  [
    '501 records',
    'PutRecords',
    { StreamName, Records: Array.from({ length: 501 }, () => ({ PartitionKey: 'a', Data: base64('x') })) },
  ],
  ['an iterator of no stream', 'GetShardIterator', { ...iterator, StreamName: 'none' }],
  ['an iterator of no shard', 'GetShardIterator', { ...iterator, ShardId: 'shardId-000000000009' }],
  ['an iterator of no type', 'GetShardIterator', { ...iterator, ShardIteratorType: 'OLDEST' }],
  ['an iterator at no number', 'GetShardIterator', { ...iterator, ShardIteratorType: 'AT_SEQUENCE_NUMBER' }],
  ['an iterator at no time', 'GetShardIterator', { ...iterator, ShardIteratorType: 'AT_TIMESTAMP' }],
  ['records of an iterator that is none', 'GetRecords', { ShardIterator: 'none' }],
  ['no records at all', 'GetRecords', { ShardIterator: 'none', Limit: 0 }],
  ['10,001 records', 'GetRecords', { ShardIterator: 'none', Limit: 10_001 }],
  ['a stream that is not there', 'DescribeStream', { StreamName: 'none' }],
  ['the shards of no stream', 'ListShards', { StreamName: 'none' }],
  ['a stream with a bad name', 'CreateStream', { StreamName: 'a b', ShardCount: 1 }],
  ['a stream without shards', 'CreateStream', { StreamName: 'other', ShardCount: 0 }],
];

const errorOf = ({ __type = '' }: { __type?: string } = {}): string => __type.replace(/^.*#/, '');

/** Names and kinds of everything in an answer; of a list, of its first member. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== 'object' || value === null) return typeof value;
  const entries = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(entries.sort().map(([name, member]) => [name, shapeOf(member)]));
}
