import type { CdcFeedSpec } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import type { CdcSource, Connector } from '#adapters/cdc-feed/contract/cdc-source.ts';
import { type Captured, outbox } from '#adapters/cdc-feed/contract/cdc-table.ts';
import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { customerCreated } from '#events/customers/customer-created.v1.ts';
import { columns, customers, spec } from '../flow/feeds.ts';

/** A good feed, changed in ways that types may not allow. */
const changed = (change: object) => () => defineCdcFeed({ ...spec, ...change } as CdcFeedSpec);
const debezium = (more: object, tables: readonly string[] = ['public.customers']) =>
  changed({
    source: { kind: 'debezium', connector: 'postgresql', ...more },
    tables: Object.fromEntries(tables.map(name => [name, customers])),
  });
const dms = (more: object, table = 'ERP.CUSTOMERS') =>
  changed({ source: { kind: 'dms', ...more }, tables: { [table]: customers } });
const dynamodb = (...tables: readonly string[]) =>
  changed({
    source: { kind: 'dynamodb', form: 'streams' },
    stream: { kind: 'dynamodb', table: 'loyalty' },
    tables: Object.fromEntries(tables.map(name => [name, customers])),
  });
const kafka = (...topics: readonly string[]) => changed({ stream: { kind: 'kafka', topics } });
const rows = outbox({ events: { Created: customerCreated } });
const ofOutbox = (more: object) => changed({ tables: { 'public.outbox': rows }, ...more });
const kinesis = (more: object) => ({ stream: { kind: 'kinesis', name: 'rows', ...more } });

describe('a table by a name that its log never writes is refused', () => {
  it.each<[Connector | CdcSource['kind'], () => unknown, string]>([
    ['postgresql', debezium({}, ['customers']), '"customers" must be named schema.table'],
    ['sqlserver', debezium({ connector: 'sqlserver' }, ['customers']), 'must be named schema.table'],
    ['mysql', debezium({ connector: 'mysql' }, ['customers']), 'must be named database.table'],
    ['mongodb', debezium({ connector: 'mongodb' }, ['.customers']), 'must be named database.collection'],
    ['dms', dms({}, 'CUSTOMERS'), '"CUSTOMERS" must be named schema.table'],
  ])('%s', (_, define, message) => {
    expect(define).toThrow(message);
  });

  it('but for a name that holds more dots', () => {
    expect(debezium({ connector: 'mongodb' }, ['crm.customers.eu'])).not.toThrow();
  });
});

describe('a pattern of tables', () => {
  it.each<[string, () => unknown, string]>([
    ['a regular expression', debezium({}, ['public.t_.*']), '"public.t_.*" looks like a regular expression'],
    ['a choice', debezium({}, ['public.(a|b)']), 'looks like a regular expression'],
    ['two', debezium({}, ['public.*_*']), 'has more than one *'],
    ['of schemas', debezium({}, ['tenant_*.customers']), 'has a * before the first dot'],
    ['of all tables of all schemas', debezium({}, ['*']), 'must be named schema.table'],
    ['in DynamoDB', dynamodb('loyalty_*'), 'a table of DynamoDB is named, without *'],
    ['skipped without a reason', changed({ skipTables: { 'public.a_*': ' ' } }), 'must say why'],
    ['captured and skipped', changed({ skipTables: { 'public.customers': 'No.' } }), 'is one of tables'],
    [
      'skipped by part of its name',
      changed({ skipTables: { audit: 'No.' } }),
      'skipTables: "audit" must be named schema.table',
    ],
  ])('is refused: %s', (_, define, message) => {
    expect(define).toThrow(message);
  });

  it('is accepted behind the first dot', () => {
    expect(debezium({}, ['public.customers_*'])).not.toThrow();
    expect(debezium({}, ['public.*'])).not.toThrow();
    expect(dms({}, 'ERP.CUST_*')).not.toThrow();
    expect(debezium({ connector: 'mongodb' }, ['crm.logs*'])).not.toThrow();
  });

  it('is refused where the stream of one table carries no other', () => {
    const define = changed({
      source: { kind: 'dynamodb', form: 'streams' },
      stream: { kind: 'dynamodb', table: 'loyalty' },
      tables: { loyalty: customers },
      skipTables: { other: 'No.' },
    });
    expect(define).toThrow('skipTables does nothing');
  });
});

describe('a table stream', () => {
  it('carries the changes of its own table, and of no other', () => {
    expect(dynamodb('loyalty')).not.toThrow();
    expect(dynamodb('Loyalty')).toThrow('the stream of table "loyalty" carries its changes alone');
    expect(dynamodb('loyalty', 'shelves')).toThrow('it names loyalty, shelves');
  });

  it('is of a table whose key has at most two columns', () => {
    const tables = {
      loyalty: { ...customers, key: ['region', 'id', 'visits'], orderBy: ['id'] } as Captured,
    };
    const stream = { kind: 'dynamodb', table: 'loyalty' };
    const define = changed({ source: { kind: 'dynamodb', form: 'streams' }, stream, tables });
    expect(define).toThrow('loyalty: key has at most two columns');
  });

  it('of another form brings the tables that were joined in it', () => {
    const source = { kind: 'dynamodb', form: 'kinesis' };
    expect(changed({ source, tables: { loyalty: customers, shelves: customers } })).not.toThrow();
  });
});

describe('a form that the source does not have is refused', () => {
  it.each<[string, () => unknown, string]>([
    [
      'rows of a document store',
      debezium({ connector: 'mongodb', form: 'flattened' }, ['crm.customers']),
      'documents of MongoDB are read from their envelope',
    ],
    [
      'how MongoDB writes decimals',
      debezium({ connector: 'mongodb', decimals: 'string' }, ['crm.customers']),
      'source.decimals does nothing',
    ],
    [
      'a before-image in the place of the row',
      dms({ beforeImage: 'data' }),
      'must be a name of its own, not "data"',
    ],
    ['a before-image without a name', dms({ beforeImage: '' }), 'must be a name of its own'],
    [
      'a placeholder that every empty text is',
      debezium({ unavailableValue: '' }),
      'unavailableValue must not be empty',
    ],
    [
      'deletes of another form',
      debezium({ flattenedDeletes: 'rewrite-with-tombstone' }),
      "flattenedDeletes needs form: 'flattened'",
    ],
  ])('%s', (_, define, message) => {
    expect(define).toThrow(message);
  });
});

describe('a value that an option does not have is refused, and the nearest one named', () => {
  it.each<[string, () => unknown, string]>([
    ['kind of source', changed({ source: { kind: 'debezum' } }), 'source.kind must be one of debezium, dms'],
    ['kind of stream', changed({ stream: { kind: 'kinesys' } }), 'did you mean "kinesis"?'],
    ['connector', debezium({ connector: 'postgres' }), 'not "postgres"; did you mean "postgresql"?'],
    ['connector left out', debezium({ connector: undefined }), 'source.connector must be one of postgresql'],
    ['form', debezium({ form: 'flat' }), 'source.form must be one of envelope, flattened, cloudevents'],
    ['order', debezium({ orderedBy: 'time' }), 'source.orderedBy must be one of log, stream'],
    ['decimals', debezium({ decimals: 'strings' }), 'did you mean "string"?'],
    ['binary', debezium({ binary: 'base32' }), 'did you mean "base64"?'],
    ['before-image', debezium({ beforeImage: 'keys' }), 'did you mean "key"?'],
    ['nulls of DMS', dms({ nulls: 'missing' }), 'source.nulls must be one of written, left-out'],
    ['snapshots', changed({ snapshots: 'update' }), 'did you mean "updated"?'],
    ['truncates', changed({ truncates: 'deleted' }), 'truncates must be one of skip, quarantine'],
    ['drift', changed({ drift: 'ignore' }), 'drift must be one of continue, quarantine'],
    [
      'unavailable',
      changed({
        tables: {
          'public.customers': {
            ...customers,
            columns: { ...columns, email: { ...columns.email, unavailable: 'keep' } },
          } as unknown as Captured,
        },
      }),
      "unavailable must be 'omit' or left out",
    ],
  ])('%s', (_, define, message) => {
    expect(define).toThrow(message);
  });
});

describe('topics', () => {
  it('are named as Kafka names them, once each, and short enough to name a consumer group', () => {
    expect(kafka('crm.public.customers', 'crm.public.orders_2')).not.toThrow();
    expect(kafka('crm.*')).toThrow('"crm.*" is no name of a topic');
    expect(kafka('crm', 'crm')).toThrow('must differ from each other');
    expect(kafka('x'.repeat(180))).toThrow('name its consumer group');
  });
});

describe('an outbox', () => {
  it('is read by one reader of one shard: its rows are spread by their own ids, not by their aggregates', () => {
    expect(ofOutbox({})).not.toThrow();
    expect(ofOutbox(kinesis({ shards: 2 }))).toThrow('must be 1');
    expect(ofOutbox(kinesis({ shards: 'on-demand' }))).toThrow('must be 1');
    expect(ofOutbox({ parallelBatchesPerShard: 2 })).toThrow('must be 1');
  });

  it('in DynamoDB is read from a stream that keeps order', () => {
    const tables = { outbox: rows };
    const stream = { kind: 'dynamodb', table: 'outbox' };
    expect(changed({ tables, stream, source: { kind: 'dynamodb', form: 'streams' } })).not.toThrow();
    expect(changed({ tables, source: { kind: 'dynamodb', form: 'kinesis' } })).toThrow('in any order');
  });

  it('alone in its feed has no shape that could drift, and no truncate that means anything', () => {
    expect(ofOutbox({ drift: 'quarantine' })).toThrow('drift does nothing');
    expect(ofOutbox({ truncates: 'quarantine' })).toThrow('truncates does nothing');
  });
});
