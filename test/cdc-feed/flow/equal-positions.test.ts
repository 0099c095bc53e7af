import fc from 'fast-check';
import type { CdcFeedSource } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import type { Connector } from '#adapters/cdc-feed/contract/cdc-source.ts';
import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { changeIn } from '../core/change/support.ts';
import { customers, spec } from './feeds.ts';
import { endOf, run, type ThingEvent, thingFeed, thingOutbox } from './thing-feeds.ts';

/** What each connector's log says of a place, in the fields of its source block. */
const blocks: Readonly<Record<Connector, (place: number) => Readonly<Record<string, unknown>>>> = {
  postgresql: place => ({ lsn: place, sequence: `["${place}","${place}"]`, txId: 5 }),
  mysql: place => ({ server_id: 1, file: 'mysql-bin.000003', pos: place, row: 0, gtid: 'a:1' }),
  mariadb: place => ({ server_id: 1, file: 'mysql-bin.000003', pos: place, row: 0 }),
  sqlserver: place => ({ commit_lsn: lsn(place), change_lsn: lsn(place), event_serial_no: 1 }),
  oracle: place => ({ commit_scn: `${place}`, scn: `${place}` }),
  mongodb: place => ({ ord: place, lsid: '{}', txnNumber: 5 }),
};
const lsn = (place: number): string => `00000027:${place.toString(16).padStart(8, '0')}:0002`;
const connectors = Object.keys(blocks) as Connector[];

const named = { db: 'd', schema: 'd', table: 't', collection: 't' };
const told = (connector: Connector, place: number) => ({
  ...{ ts_ms: 1_767_225_600_000, snapshot: 'false', ...named },
  ...blocks[connector](place),
});

type Form = 'envelope' | 'flattened' | 'cloudevents';

/** An update of one row, in each form; MongoDB flattens documents as others flatten rows. */
const forms: Readonly<Record<Form, (connector: Connector, place: number, row: object) => object>> = {
  envelope: (connector, place, row) => ({
    ...{ before: null, after: connector === 'mongodb' ? JSON.stringify(row) : row, op: 'u', ts_ms: 1 },
    source: told(connector, place),
  }),
  flattened: (connector, place, row) => ({
    ...{ ...row, __op: 'u' },
    ...Object.fromEntries(Object.entries(told(connector, place)).map(([name, v]) => [`__source_${name}`, v])),
  }),
  cloudevents: (connector, place, row) => ({
    ...{ specversion: '1.0', iodebeziumop: 'u' },
    ...Object.fromEntries(
      Object.entries(told(connector, place)).map(([name, v]) => [`iodebezium${name.replace(/_/g, '')}`, v]),
    ),
    data: { before: null, after: row },
  }),
};

const dmsChange = (row: object, metadata: object = {}) => ({
  data: row,
  metadata: {
    ...{ timestamp: '2026-11-02T08:00:05.000000Z', 'record-type': 'data', operation: 'update' },
    ...{ 'schema-name': 'd', 'table-name': 't', ...metadata },
  },
});
const itemChange = (row: { readonly id: number; readonly v: string }, more: object = {}) => ({
  ...{ eventName: 'MODIFY', tableName: 't', ...more },
  dynamodb: {
    ApproximateCreationDateTime: 1_730_535_300_123,
    Keys: { id: { N: `${row.id}` } },
    NewImage: { id: { N: `${row.id}` }, v: { S: row.v } },
  },
});

interface Row {
  readonly id: number;
  readonly v: string;
}

/** How a source tells changes that its own log, or its clock, does not tell apart. */
interface Way {
  readonly source: CdcFeedSource;
  readonly table: string;
  readonly record: (row: Row) => object;
}

const debezium: readonly (readonly [string, Way])[] = connectors.flatMap(connector =>
  (['envelope', 'flattened', 'cloudevents'] as const)
    .filter(form => connector !== 'mongodb' || form === 'envelope')
    .flatMap(form =>
      (['log', 'stream'] as const).map(
        orderedBy =>
          [
            `${connector}, ${form}, ordered by the ${orderedBy}`,
            {
              source: { kind: 'debezium', connector, form, orderedBy },
              table: 'd.t',
              record: row => forms[form](connector, 700, row),
            },
          ] as const,
      ),
    ),
);
const ways: readonly (readonly [string, Way])[] = [
  ...debezium,
  ['DMS', { source: { kind: 'dms' }, table: 'd.t', record: row => dmsChange(row) }],
  [
    'DMS with one position',
    {
      source: { kind: 'dms' },
      table: 'd.t',
      record: row => dmsChange(row, { 'stream-position': '00000002/7C007178.3.00000002/7C007178' }),
    },
  ],
  [
    'DynamoDB through Kinesis',
    { source: { kind: 'dynamodb', form: 'kinesis' }, table: 't', record: row => itemChange(row) },
  ],
];

describe('two changes that their log does not tell apart', () => {
  it.each(ways)('have sequences that differ and keep the order of the stream: %s', (_name, way) => {
    const entities = { [way.table]: { key: ['id'], columns: { id: is.integer(), v: is.text() } } };
    const place = fc.bigInt({ min: 1n, max: 10n ** 56n - 2n });
    fc.assert(
      fc.property(place, fc.bigInt({ min: 1n, max: 10n ** 6n }), (first, distance) => {
        const at = (streamSequence: bigint) =>
          changeIn({ ...way.source, entities }, way.record({ id: 1, v: 'x' }), {
            streamSequence: String(streamSequence),
          }).position;
        const second = first + distance;
        fc.pre(second < 10n ** 56n);
        expect(at(first) < at(second)).toBe(true);
      }),
    );
  });
});

/** Ways in which changes of one row can come with one position. The others name each change by it. */
const repeating = ways.filter(([name]) => /^(?:mysql|mongodb|DMS|DynamoDB)/.test(name));

const history = fc.record({
  values: fc.array(fc.record({ id: fc.nat(2), v: fc.stringMatching(/^[a-c]$/) }), {
    minLength: 1,
    maxLength: 12,
  }),
  sizes: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 12 }),
});

const shuffled = (events: readonly ThingEvent[], luck: fc.Stream<number>): ThingEvent[] =>
  [...events, ...events]
    .map(event => ({ event, at: luck.next().value as number }))
    .sort((a, b) => a.at - b.at)
    .map(({ event }) => event);

describe('a history in which all changes stand at one position', () => {
  it.each(repeating)('ends at the last change of each row, shuffled and doubled: %s', async (_name, way) => {
    const feed = thingFeed(way.source, way.table);
    await fc.assert(
      fc.asyncProperty(history, fc.infiniteStream(fc.nat()), async ({ values, sizes }, luck) => {
        const simulator = await run(
          feed,
          values.map(row => ({ partitionKey: 'k', data: way.record(row) })),
          sizes,
        );
        expect(simulator.quarantined()).toEqual([]);
        const events = simulator.facts() as ThingEvent[];
        expect(new Set(events.map(({ sequence }) => sequence)).size).toBe(events.length);
        const truth = Object.fromEntries(values.map(({ id, v }) => [String(id), v]));
        expect(await endOf(shuffled(events, luck))).toEqual(truth);
      }),
      { numRuns: 30 },
    );
  });

  it('ends at the last event of each aggregate, written into an outbox by one COPY', async () => {
    const feed = thingOutbox({ kind: 'debezium', connector: 'postgresql' }, 'd.t');
    await fc.assert(
      fc.asyncProperty(history, fc.infiniteStream(fc.nat()), async ({ values, sizes }, luck) => {
        const records = values.map(({ id, v }, i) => {
          const payload = JSON.stringify({ id: String(id), v });
          const row = { id: `r${i}`, aggregatetype: 'thing', aggregateid: String(id), type: 'E', payload };
          return { partitionKey: 'k', data: { ...forms.envelope('postgresql', 700, row), op: 'c' } };
        });
        const simulator = await run(feed, records, sizes);
        const events = simulator.facts() as ThingEvent[];
        expect(events).toHaveLength(values.length);
        const truth = Object.fromEntries(values.map(({ id, v }) => [String(id), v]));
        expect(await endOf(shuffled(events, luck))).toEqual(truth);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a stretch of the log that the connector writes again', () => {
  const named = ['DMS with details', 'DynamoDB', 'PostgreSQL by its stream', 'MySQL with its order'] as const;
  const changes: Readonly<Record<(typeof named)[number], Way & { readonly nth: (n: number) => object }>> = {
    'DMS with details': {
      ...{ source: { kind: 'dms' }, table: 'd.t', record: row => dmsChange(row) },
      nth: n => ({
        'transaction-id': n,
        'transaction-record-id': 1,
        'commit-timestamp': '2026-01-01T00:00:00Z',
      }),
    },
    DynamoDB: {
      ...{ source: { kind: 'dynamodb', form: 'kinesis' }, table: 't', record: row => itemChange(row as Row) },
      nth: n => ({ eventID: `e${n}` }),
    },
    'PostgreSQL by its stream': {
      source: { kind: 'debezium', connector: 'postgresql', form: 'flattened', orderedBy: 'stream' },
      table: 'd.t',
      record: row => forms.flattened('postgresql', 1, row),
      nth: n => ({ __source_lsn: n }),
    },
    'MySQL with its order': {
      source: { kind: 'debezium', connector: 'mysql', form: 'flattened' },
      table: 'd.t',
      record: row => forms.flattened('mysql', 1, row),
      nth: n => ({ __source_pos: n, __transaction_total_order: n }),
    },
  };

  it.each(named)('leaves a consumer at the newest change, whatever the batches: %s', async name => {
    const { source, table, record, nth } = changes[name];
    const feed = thingFeed(source, table);
    const played = fc.tuple(history, fc.nat(11), fc.nat(11));
    await fc.assert(
      fc.asyncProperty(played, fc.infiniteStream(fc.nat()), async ([{ values, sizes }, one, other], luck) => {
        const records = values.map((row, n) => {
          const change = record(row) as { readonly metadata?: object };
          const data =
            source.kind === 'dms'
              ? { ...change, metadata: { ...change.metadata, ...nth(n + 1) } }
              : { ...change, ...nth(n + 1) };
          return { partitionKey: 'k', data };
        });
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const stream = [...records.slice(0, to), ...records.slice(from)];
        const simulator = await run(feed, stream, sizes);
        expect(simulator.quarantined()).toEqual([]);
        const truth = Object.fromEntries(values.map(({ id, v }) => [String(id), v]));
        expect(await endOf(shuffled(simulator.facts() as ThingEvent[], luck))).toEqual(truth);
      }),
      { numRuns: 40 },
    );
  });
});

test('a row moved to another key of one aggregate by one record is deleted, then created', async () => {
  const feed = defineCdcFeed({
    ...spec,
    source: { kind: 'dms', beforeImage: 'before' },
    tables: { 'd.t': customers },
  });
  const row = { region: 'north', id: 1, email: 'ada@example.com', visits: 1 };
  const moved = { ...dmsChange(row), before: { region: 'south' } };
  const events = (await run(feed, [{ partitionKey: 'k', data: moved }])).facts() as ThingEvent[];
  const inOrder = events.toSorted((one, other) => (one.sequence < other.sequence ? -1 : 1));
  expect(inOrder.map(({ type }) => type)).toEqual([
    'customers.customer.deleted.v1',
    'customers.customer.created.v1',
  ]);
  expect(new Set(events.map(({ sequence }) => sequence)).size).toBe(2);
});
