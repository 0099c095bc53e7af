import type { CdcFeed, CdcFeedSource, CdcFeedSpec } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { spec } from './feeds.ts';
import { FeedSimulator } from './simulator.ts';
import type { PutRecord } from './stream-events.ts';
import { endOf, thingFeed } from './thing-feeds.ts';

/** What a log says of a change: where it stands, and when it was committed. */
interface At {
  readonly position: number;
  readonly seconds: number;
}

const update = (v: string, seconds: number, source: object): PutRecord => ({
  partitionKey: 'k',
  data: {
    ...{ before: null, after: { id: 1, v }, op: 'u', ts_ms: 1_767_225_700_000 },
    source: { name: 'n', ts_ms: 1_767_225_600_000 + seconds * 1_000, snapshot: 'false', ...source },
  },
});

const postgres = (v: string, { position, seconds }: At): PutRecord =>
  update(v, seconds, {
    ...{ schema: 'd', table: 't', lsn: position, txId: 5 },
    sequence: `["${position - 1}","${position}"]`,
  });

const binlog = (v: string, { position, seconds }: At, more: object = {}): PutRecord =>
  update(v, seconds, {
    ...{ db: 'd', table: 't', server_id: 1, file: 'mysql-bin.000003', pos: position, row: 0, ...more },
  });

const hex = (n: number): string => n.toString(16).padStart(8, '0');
const sqlserver = (v: string, { position, seconds }: At): PutRecord =>
  update(v, seconds, {
    ...{ db: 'x', schema: 'd', table: 't', event_serial_no: 1 },
    ...{ commit_lsn: `00000027:${hex(position)}:0002`, change_lsn: `00000027:${hex(position)}:0001` },
  });

const oracle = (v: string, { position, seconds }: At): PutRecord =>
  update(v, seconds, { schema: 'd', table: 't', scn: `${position}`, commit_scn: `${position}` });

type Connector = 'postgresql' | 'mysql' | 'mariadb' | 'sqlserver' | 'oracle';
interface FeedChoices extends Partial<CdcFeedSpec> {
  readonly epoch?: number;
}

function feedOf(connector: Connector, { epoch = 0, ...more }: FeedChoices = {}): CdcFeed {
  const source: CdcFeedSource = { kind: 'debezium', connector, epoch };
  const { tables } = thingFeed(source, 'd.t');
  return defineCdcFeed({ ...spec, source, stream: { kind: 'kinesis', name: 'n' }, tables, ...more });
}

const run = (feed: CdcFeed, records: readonly PutRecord[], batchRecords = 1) =>
  new FeedSimulator(feed, { batchRecords, failuresMax: 2 }).put(...records).run();

const falls = (simulator: FeedSimulator) =>
  simulator.lines('position fell').map(({ level, fields }) => ({ level, ...fields }));

const logs: readonly (readonly [Connector, (v: string, at: At) => PutRecord])[] = [
  ['postgresql', postgres],
  ['mysql', binlog],
  ['mariadb', binlog],
  ['sqlserver', sqlserver],
  ['oracle', oracle],
];

describe.each(logs)('a log of %s that falls', (connector, change) => {
  const before = [change('a', { position: 700, seconds: 1 }), change('b', { position: 900, seconds: 2 })];
  const after = [change('c', { position: 300, seconds: 60 }), change('d', { position: 310, seconds: 61 })];

  it('stops the shard at the first change of it, and says why', async () => {
    const simulator = await run(feedOf(connector), [...before, ...after]);
    expect(simulator.left).toBe(2);
    expect(await endOf(simulator.facts())).toEqual({ 1: 'b' });
    const [third] = simulator.sequenceNumbers.slice(2);
    expect(falls(simulator)[0]).toMatchObject({
      ...{ level: 'error', integration: 'test-feed', code: 'POSITION_FELL', epoch: 0, policy: 'stop' },
      ...{ record: `n/shardId-000000000006/${third}`, newBy: 'time', correlationId: expect.any(String) },
    });
    expect(simulator.lines('batch stopped')[0]?.fields).toMatchObject({
      code: 'POSITION_FELL',
      failedFrom: third,
    });
    expect(simulator.lines('books unbalanced')).toEqual([]);
  });

  it('goes on in the epoch that is raised, and ends at the true state', async () => {
    const simulator = await run(feedOf(connector), [...before, ...after]);
    await simulator.deploy(feedOf(connector, { epoch: 1 })).run();
    expect(simulator.left).toBe(0);
    expect(await endOf(simulator.facts())).toEqual({ 1: 'd' });
    expect(simulator.facts().map(({ sequence }) => String(sequence).slice(0, 4))).toEqual([
      '0000',
      '0000',
      '0001',
      '0001',
    ]);
  });

  it('publishes what it brings where the contract continues, and alarms', async () => {
    const simulator = await run(feedOf(connector, { fallenPositions: 'continue' }), [...before, ...after], 4);
    expect(simulator.left).toBe(0);
    expect(simulator.facts()).toHaveLength(4);
    expect(falls(simulator)).toMatchObject([{ level: 'error', policy: 'continue' }]);
    expect(simulator.lines('batch stopped')).toEqual([]);
  });

  it('is told from a connector that writes again what it wrote', async () => {
    const simulator = await run(
      feedOf(connector),
      [...before, ...before, change('e', { position: 950, seconds: 3 })],
      2,
    );
    expect(simulator.left).toBe(0);
    expect(falls(simulator)).toEqual([]);
    expect(await endOf(simulator.facts())).toEqual({ 1: 'e' });
  });
});

describe('a fail-over', () => {
  const before = binlog('a', { position: 900, seconds: 50 }, { gtid: 'aaaa:7' });

  it.each<[string, object, string]>([
    ['another server', { server_id: 2 }, 'server 2'],
    ['transactions of another server', { gtid: 'bbbb:1' }, 'transactions of bbbb'],
    ['a later transaction', { gtid: 'aaaa:8' }, 'transactions of aaaa'],
  ])('is known by %s, though its clock is behind', async (_name, more, newBy) => {
    const simulator = await run(feedOf('mysql'), [
      before,
      binlog('b', { position: 4, seconds: 40 }, { gtid: 'aaaa:7', ...more }),
    ]);
    expect(falls(simulator)[0]).toMatchObject({ newBy });
    expect(simulator.left).toBe(1);
  });

  it('to a server whose log goes on higher is no fall', async () => {
    const next = binlog(
      'b',
      { position: 4, seconds: 60 },
      { server_id: 2, file: 'binlog.000004', gtid: 'bbbb:1' },
    );
    const simulator = await run(feedOf('mysql'), [before, next]);
    expect(falls(simulator)).toEqual([]);
    expect(await endOf(simulator.facts())).toEqual({ 1: 'b' });
  });

  it('of one database on the stream is no fall of another', async () => {
    const other = binlog('b', { position: 4, seconds: 60 }, { name: 'other' });
    expect(falls(await run(feedOf('mysql'), [before, other]))).toEqual([]);
  });
});

describe('transactions side by side', () => {
  it('are no fall of PostgreSQL, whose changes keep the places at which they were written', async () => {
    const long = (v: string, lsn: number, lastCommit: number, seconds: number) =>
      update(v, seconds, { schema: 'd', table: 't', lsn, txId: lsn, sequence: `["${lastCommit}","${lsn}"]` });
    const records = [long('a', 700, 650, 1), long('b', 300, 720, 2), long('c', 310, 720, 2)];
    expect(falls(await run(feedOf('postgresql'), records))).toEqual([]);
  });
});

describe('records before a fall', () => {
  const kafka = { stream: { kind: 'kafka', topics: ['t'] } } as const;

  it('keep their epoch when their batch comes again, as Kafka brings it', async () => {
    const records = [
      postgres('a', { position: 700, seconds: 1 }),
      postgres('b', { position: 900, seconds: 2 }),
      postgres('c', { position: 300, seconds: 60 }),
    ];
    const simulator = await run(feedOf('postgresql', kafka), records, 3);
    expect(simulator.left).toBe(3);
    expect(await endOf(simulator.facts())).toEqual({ 1: 'b' });
    await simulator.deploy(feedOf('postgresql', { ...kafka, epoch: 1 })).run();
    expect(simulator.left).toBe(0);
    expect(await endOf(simulator.facts())).toEqual({ 1: 'c' });
  });

  it('are quarantined with their own epoch', async () => {
    const records = [
      postgres('a', { position: 700, seconds: 1 }),
      { partitionKey: 'k', data: 'not JSON' },
      postgres('c', { position: 300, seconds: 60 }),
      { partitionKey: 'k', data: 'not JSON either' },
    ];
    const simulator = await run(feedOf('postgresql', kafka), records, 4);
    await simulator.deploy(feedOf('postgresql', { ...kafka, epoch: 1 })).run();
    expect(simulator.quarantined()).toMatchObject([
      { sequenceNumber: '2', epoch: 0 },
      { sequenceNumber: '4', epoch: 1 },
    ]);
  });
});

test('parallel batches of a shard keep the highest of both', async () => {
  const feed = feedOf('postgresql');
  const simulator = new FeedSimulator(feed, { batchRecords: 1, failuresMax: 2 });
  const { highMarks } = simulator.ports;
  const read = highMarks.read.bind(highMarks);
  let reads = 0;
  // Another batch stores a higher mark after this one has read it.
  highMarks.read = async key => {
    const found = await read(key);
    if (++reads === 2) {
      const place = { position: '99'.padStart(20, '0'), signs: { time: '2026-12-31T00:00:00.000000000Z' } };
      await highMarks.store(key, { epoch: 0, logs: { n: place }, falls: [] }, found);
    }
    return found;
  };
  await simulator
    .put(postgres('a', { position: 10, seconds: 1 }), postgres('b', { position: 20, seconds: 2 }))
    .run();
  expect(simulator.left).toBe(0);
  expect((await read('test-feed#mark#n#shardId-000000000006'))?.mark.logs.n?.position).toBe(
    '99'.padStart(20, '0'),
  );
});

test('a long transaction in the later of two parallel batches makes no fall of the earlier one', async () => {
  const simulator = new FeedSimulator(feedOf('mysql'), { batchRecords: 1, failuresMax: 2 });
  const { highMarks } = simulator.ports;
  const read = highMarks.read.bind(highMarks);
  // MySQL tells when a statement began: the transaction that commits last may tell an earlier time.
  const later = {
    position: `0000000003.${'900'.padStart(20, '0')}`,
    signs: { time: '2026-01-01T00:00:01.000000000Z', 'server 1': '' },
    streamPlace: '9'.repeat(56),
  };
  highMarks.read = async key => {
    const found = await read(key);
    if (found) return found;
    await highMarks.store(key, { epoch: 0, logs: { n: later }, falls: [] }, undefined);
    return read(key);
  };
  await simulator.put(binlog('a', { position: 300, seconds: 240 })).run();
  expect(falls(simulator)).toEqual([]);
  expect(simulator.left).toBe(0);
});

test.each<CdcFeedSource>([
  { kind: 'debezium', connector: 'mongodb' },
  { kind: 'dynamodb', form: 'kinesis' },
])('a contract cannot say what becomes of falls that its log cannot show', source => {
  const { tables } = thingFeed(source, 'd.t');
  expect(() => defineCdcFeed({ ...spec, source, tables, fallenPositions: 'stop' })).toThrow(
    'fallenPositions does nothing: this log has no positions that only grow',
  );
});
