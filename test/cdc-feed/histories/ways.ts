import type { CdcFeed, CdcFeedSource } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import type { Connector } from '#adapters/cdc-feed/contract/cdc-source.ts';
import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { spec } from '../flow/feeds.ts';
import type { PutRecord } from '../flow/stream-events.ts';
import { thingFeed, thingOutbox } from '../flow/thing-feeds.ts';
import type { Logged, Traits } from './database.ts';
import { debeziumRecord, type Form, type Told } from './debezium-records.ts';
import type { Habits } from './delivery.ts';
import type { Luck } from './luck.ts';

/** How one kind of database, log, connector and stream behaves. */
export interface Way {
  readonly name: string;
  readonly traits: Traits;
  readonly habits: Habits;
  readonly feed: (epoch: number) => CdcFeed;
  /** Writes records, one after another. */
  readonly writer: (luck: Luck) => (logged: Logged) => PutRecord;
  /** Each log comes on a stream of its own, which numbers its records from 1. */
  readonly streamPerLog?: true;
}

const debeziumTraits: Readonly<Record<Connector, Traits>> = {
  postgresql: { sideBySide: true, falls: 'restore' },
  mysql: { compresses: true, falls: 'fail-over' },
  mariadb: { falls: 'fail-over' },
  sqlserver: { falls: 'restore' },
  oracle: { sideBySide: true, falls: 'restore' },
  mongodb: { falls: 'none', isClockSteady: true },
};

function debezium(told: Told, more: { readonly orderedBy?: 'stream' } = {}): Way {
  const { connector, form, hasOrder = false } = told;
  const columns = connector === 'mongodb' ? { key: '_id' } : {};
  return {
    name: [connector, form, hasOrder && 'with transactions', more.orderedBy && 'ordered by the stream']
      .filter(Boolean)
      .join(', '),
    traits: more.orderedBy ? { ...debeziumTraits[connector], falls: 'none' } : debeziumTraits[connector],
    habits: { repeats: true, ...(!more.orderedBy && connector !== 'mongodb' && { reorders: true }) },
    feed: epoch => thingFeed({ kind: 'debezium', connector, form, epoch, ...more }, 'd.t', columns),
    writer: () => logged => debeziumRecord(told, logged),
  };
}

const connectors = Object.keys(debeziumTraits) as Connector[];
const formsOf = (connector: Connector): readonly Form[] =>
  connector === 'mongodb' ? ['envelope'] : ['envelope', 'flattened', 'cloudevents'];

/** DMS has a clock of its own, which sometimes steps back. */
function dmsWriter(luck: Luck, more: (logged: Logged) => object): (logged: Logged) => object {
  let clock = 1_767_225_600_000;
  return logged => {
    clock += luck.chance(0.05) ? -luck.between(500, 5_000) : luck.between(0, 300);
    const { op, place } = logged;
    return {
      ...{
        timestamp: new Date(clock).toISOString(),
        'record-type': 'data',
        'schema-name': 'd',
        'table-name': 't',
      },
      operation: { c: 'insert', u: 'update', d: 'delete', r: 'load' }[op],
      ...(op !== 'r' && {
        ...{ 'transaction-id': place.transaction, 'transaction-record-id': place.order },
        ...{ 'commit-timestamp': new Date(place.millis).toISOString(), ...more(logged) },
      }),
    };
  };
}

const lsnText = (n: number): string => `00000002/${n.toString(16).toUpperCase().padStart(8, '0')}`;

/** A log that goes on, read by DMS: of PostgreSQL with its positions, of others without. */
const dms = (name: string, more: (logged: Logged) => object, traits: Partial<Traits> = {}): Way => ({
  name,
  traits: { falls: 'none', ...traits },
  habits: { repeats: true },
  feed: epoch => thingFeed({ kind: 'dms', epoch }, 'd.t'),
  writer: luck => {
    const metadata = dmsWriter(luck, more);
    return logged => {
      const { id, before, after } = logged;
      return {
        partitionKey: String(id),
        data: { data: { id, v: after ?? before ?? null }, metadata: metadata(logged) },
      };
    };
  },
});

const itemOf = ({ op, id, before, after }: Logged, micros: number) => ({
  eventName: { c: 'INSERT', u: 'MODIFY', d: 'REMOVE', r: 'MODIFY' }[op],
  dynamodb: {
    ApproximateCreationDateTime: micros,
    Keys: { id: { N: String(id) } },
    ...(before !== undefined && { OldImage: { id: { N: String(id) }, v: { S: before } } }),
    ...(after !== undefined && { NewImage: { id: { N: String(id) }, v: { S: after } } }),
  },
});

const dynamoDb: readonly Way[] = [
  {
    name: 'DynamoDB Streams',
    // The table's stream is turned off and on: the rows stay, the sequence numbers begin again.
    traits: { falls: 'fail-over', isClockSteady: true, hasNoSnapshots: true },
    habits: {},
    streamPerLog: true,
    feed: () => thingFeed({ kind: 'dynamodb', form: 'streams' }, 't'),
    writer: () => logged => {
      const made = new Date(1_767_225_600_000 + logged.place.log * 86_400_000).toISOString().replace('Z', '');
      const eventSourceARN = `arn:aws:dynamodb:eu-central-1:1:table/t/stream/${made}`;
      return { data: { ...itemOf(logged, logged.place.millis / 1_000), eventSourceARN } };
    },
  },
  {
    name: 'DynamoDB through Kinesis',
    traits: { falls: 'none', isClockSteady: true, hasNoSnapshots: true },
    habits: { scatters: true },
    feed: () => thingFeed({ kind: 'dynamodb', form: 'kinesis' }, 't'),
    writer: () => logged => {
      const { millis, commit, order } = logged.place;
      // Changes of an item are some time apart; the commit stands for the time within a millisecond.
      const micros = millis * 1_000 + (commit % 50) * 12 + order;
      const item = itemOf(logged, micros);
      return {
        partitionKey: String(logged.id),
        data: {
          ...{ ...item, tableName: 't', eventID: `${commit}.${order}` },
          dynamodb: { ...item.dynamodb, ApproximateCreationDateTimePrecision: 'MICROSECOND' },
        },
      };
    },
  },
];

const payloadOf = ({ id, after }: Logged): string => JSON.stringify({ id: String(id), v: after });
const outboxRow = (logged: Logged) => ({
  ...{ id: `row-${logged.after}`, aggregatetype: 'thing', aggregateid: String(logged.id), type: 'E' },
  payload: payloadOf(logged),
});

function outbox(
  name: string,
  source: CdcFeedSource,
  writer: Way['writer'],
  traits: Partial<Traits> = {},
): Way {
  return {
    name,
    traits: { falls: 'none', isOutbox: true, ...traits },
    habits: { repeats: true },
    feed: () => thingOutbox(source, 'd.t'),
    writer,
  };
}

const outboxes: readonly Way[] = [
  outbox(
    'outbox of PostgreSQL',
    { kind: 'debezium', connector: 'postgresql' },
    () => logged => {
      const { data } = debeziumRecord({ connector: 'postgresql', form: 'envelope' }, logged);
      return {
        partitionKey: `${logged.after}`,
        data: { ...(data as object), before: null, after: outboxRow(logged) },
      };
    },
    { sideBySide: true },
  ),
  outbox(
    'outbox read by DMS',
    { kind: 'dms' },
    luck => {
      const metadata = dmsWriter(luck, ({ place }) => ({
        'stream-position': `${lsnText(place.written)}.3.${lsnText(place.written)}`,
      }));
      return logged => ({
        partitionKey: `${logged.after}`,
        data: { data: outboxRow(logged), metadata: metadata(logged) },
      });
    },
    { sideBySide: true },
  ),
];

/** A Kafka mapping brings whole batches again, with the records before a fall. */
const overKafka = (way: Way): Way => ({
  ...way,
  name: `${way.name}, over Kafka`,
  feed: epoch => {
    const { source, tables } = way.feed(epoch);
    const { entities: _, skipTables: __, ...own } = source;
    return defineCdcFeed({
      ...spec,
      source: own as CdcFeedSource,
      stream: { kind: 'kafka', topics: ['t'] },
      tables,
    });
  },
});

export const ways: readonly Way[] = [
  overKafka(debezium({ connector: 'postgresql', form: 'envelope' })),
  overKafka(debezium({ connector: 'mysql', form: 'envelope' })),
  ...connectors.flatMap(connector => formsOf(connector).map(form => debezium({ connector, form }))),
  ...(['mysql', 'mongodb'] as const).map(connector =>
    debezium({ connector, form: 'envelope', hasOrder: true }),
  ),
  ...connectors.map(connector => debezium({ connector, form: 'envelope' }, { orderedBy: 'stream' })),
  dms(
    'DMS of PostgreSQL',
    ({ place }) => ({ 'stream-position': `${lsnText(place.written)}.3.${lsnText(place.written)}` }),
    {
      sideBySide: true,
    },
  ),
  dms('DMS of another database', () => ({})),
  ...dynamoDb,
  ...outboxes,
];
