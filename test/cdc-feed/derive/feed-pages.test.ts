import type { CdcFeedSpec } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { outbox } from '#adapters/cdc-feed/contract/cdc-table.ts';
import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { feedAlarmsOf } from '#adapters/cdc-feed/derive/alarms-feed.ts';
import { feedFaults } from '#adapters/cdc-feed/derive/feed-faults.ts';
import { changeRows, streamInWords, typeInWords } from '#adapters/cdc-feed/derive/feed-words.ts';
import { renderSourceGuide } from '#adapters/cdc-feed/derive/source-guide.ts';
import { renderRunbook } from '#adapters/derive/runbook.ts';
import { consentUpdated } from '#events/customers/consent-updated.v1.ts';
import { stockUpdated } from '#events/inventory/stock-updated.v1.ts';
import { loadSoundContracts, ofKind } from '#infra/contracts.ts';
import { customers, spec } from '../flow/feeds.ts';

const feeds = ofKind(await loadSoundContracts(), 'cdc-feed');
const feed = (change: Partial<CdcFeedSpec> = {}) => defineCdcFeed({ ...spec, ...change });
const codes = (change: Partial<CdcFeedSpec> = {}) => feedFaults(feed(change)).map(({ code }) => code);
const outboxFeed = { tables: { 'public.outbox': outbox({ events: { ConsentChanged: consentUpdated } }) } };
const dynamo = {
  source: { kind: 'dynamodb', form: 'streams' },
  stream: { kind: 'dynamodb', table: 'customers' },
  tables: { customers },
} as const;

describe.each(feeds.map(one => [one.id, one] as const))('the source guide of %s', (_, one) => {
  it('names every table, column and type that is expected', () => {
    const guide = renderSourceGuide(one);
    for (const [name, captured] of Object.entries(one.tables)) {
      expect(guide).toContain(`\`${name}\`\n`);
      if (captured.kind === 'outbox') continue;
      for (const [column, { type, read }] of Object.entries(captured.columns))
        expect(guide).toContain(
          `| \`${column}\` | ${typeInWords(type)} | ${read.form.replaceAll('|', '\\|')} |`,
        );
      for (const ignored of captured.ignore) expect(guide).toContain(`\`${ignored}\``);
    }
    expect(guide).toContain(streamInWords(one));
  });

  it('names every event that a change may become', () => {
    for (const { type } of one.events) expect(renderSourceGuide(one)).toContain(`\`${type}\``);
  });
});

describe('the words of a feed', () => {
  it('say why keys that are wider than the aggregate share none, and how an outbox names an aggregate', () => {
    expect(renderRunbook(feed())).toContain(
      '(an aggregate for each key: An id is given once, in one region.)',
    );
    expect(renderSourceGuide(feed(outboxFeed))).toContain(
      'must be the one in the payload. Rows of one aggregate',
    );
    const stock = { tables: { 'public.outbox': outbox({ events: { Counted: stockUpdated } }) } };
    expect(renderSourceGuide(feed(stock))).toContain('as the catalogue defines it. Rows of one aggregate');
  });

  it('say what becomes of each change, as the contract chooses', () => {
    const rows = (change: Partial<CdcFeedSpec>) => {
      const one = feed(change);
      return Object.fromEntries(changeRows(one, Object.values(one.tables)[0]!));
    };
    expect(rows({})).toEqual({
      insert: '`customers.customer.created.v1`',
      update: '`customers.customer.updated.v1`; nothing where no canonical value changed',
      delete: '`customers.customer.deleted.v1`',
      'row read by a snapshot': '`customers.customer.updated.v1`',
      truncate: 'quarantined as TABLE_TRUNCATED: it names no row',
    });
    expect(rows({ snapshots: 'skip', truncates: 'skip' })).toMatchObject({
      'row read by a snapshot': 'skipped',
      truncate: 'skipped',
    });
    expect(rows({ ...dynamo, expiries: 'skip' })).toMatchObject({ expiry: 'skipped' });
    expect(rows(dynamo)).toMatchObject({ expiry: '`customers.customer.deleted.v1`' });
    expect(rows(outboxFeed)).toMatchObject({
      'insert of type `ConsentChanged`': '`customers.consent.updated.v1`',
    });
  });

  it.each([
    [is.integer({ unsigned: true }), 'integer, unsigned'],
    [is.decimal({ scale: 2 }), 'decimal, 2 fraction digits'],
    [is.decimal(), 'decimal'],
    [is.bits(8), '8 bits'],
    [is.timestamp('micros'), 'timestamp in micros'],
    [is.array(is.uuid()), 'array of uuid'],
    [is.json(), 'json'],
  ])('write a type as people read it', (type, words) => {
    expect(typeInWords(type)).toBe(words);
  });
});

describe('what a change is known again by', () => {
  const mongodb = { kind: 'debezium', connector: 'mongodb' } as const;
  const viaKinesis = { source: { kind: 'dynamodb', form: 'kinesis' }, tables: { customers } } as const;

  it.each<[string, Partial<CdcFeedSpec>]>([
    ['Key with position in the log', {}],
    ['Key with position in the log', dynamo],
    ['Key with the record’s `eventID`', viaKinesis],
    [
      'Key with transaction and the record’s number in it, or where DMS does not write them, its position or clock and the place on the stream',
      { source: { kind: 'dms' } },
    ],
    [
      'Key with position in the log, or where the record does not have all of it, its place on the stream',
      { source: { kind: 'debezium', connector: 'mysql', form: 'flattened', orderedBy: 'stream' } },
    ],
    [
      'Key with position in the log, and of a transaction without `provide.transaction.metadata` the place on the stream',
      { source: mongodb },
    ],
    [
      'Key with position in the log, and of changes without `provide.transaction.metadata` the place on the stream',
      { source: { kind: 'debezium', connector: 'mysql' } },
    ],
    ['Key with place on the stream', { source: { ...mongodb, orderedBy: 'stream' } }],
    ['The outbox row’s own id', outboxFeed],
  ])('is said: %s', (words, change) => {
    expect(renderRunbook(feed(change))).toContain(`| Idempotency key | ${words}. A record`);
  });
});

describe('the settings of a source', () => {
  const guide = (change: Partial<CdcFeedSpec>) => renderSourceGuide(feed(change));

  it('are Debezium’s, as the contract reads its records', () => {
    const full = guide({
      source: { kind: 'debezium', connector: 'postgresql', beforeImage: 'full', decimals: 'string' },
    });
    expect(full).toContain('| `decimal.handling.mode` | `string` |');
    expect(full).toContain('| replica identity | `FULL` |');
    expect(guide({})).toContain('| replica identity | `DEFAULT` is enough |');
    const mysql = guide({
      source: { kind: 'debezium', connector: 'mysql', form: 'flattened', orderedBy: 'stream' },
      stream: { kind: 'kafka', topics: ['shop.customers'] },
    });
    expect(mysql).toContain('flattened by `ExtractNewRecordState`');
    expect(mysql).toContain('the Kafka topics `shop.customers`');
    expect(mysql).toContain('| order | the stream’s |');
    expect(mysql).not.toContain('replica identity |');
    expect(mysql).toContain(
      '| `provide.transaction.metadata` | `true`, `transaction.total_order` in `add.fields` |',
    );
    expect(guide({})).not.toContain('provide.transaction.metadata');
  });

  it('name what orders an outbox, where it is apart from the row’s place in the log', () => {
    const order = '| order of an outbox |';
    const outboxOf = (source: CdcFeedSpec['source']) => guide({ ...outboxFeed, source });
    expect(guide(outboxFeed)).toContain(`${order} \`source.sequence\` in each record |`);
    expect(outboxOf({ kind: 'debezium', connector: 'oracle' })).toContain(`${order} \`source.commit_scn\``);
    for (const source of [
      { kind: 'debezium', connector: 'mysql' },
      { kind: 'debezium', connector: 'postgresql', form: 'flattened', orderedBy: 'stream' },
    ] as const)
      expect(outboxOf(source)).not.toContain(order);
    expect(guide({})).not.toContain(order);
  });

  it('name what orders rows of PostgreSQL, where a flattened record would not have it', () => {
    const order = '| order of changes | `source.sequence` in `add.fields` |';
    expect(guide({ source: { kind: 'debezium', connector: 'postgresql', form: 'flattened' } })).toContain(
      order,
    );
    for (const source of [
      { kind: 'debezium', connector: 'postgresql' },
      { kind: 'debezium', connector: 'mysql', form: 'flattened' },
      { kind: 'debezium', connector: 'postgresql', form: 'flattened', orderedBy: 'stream' },
    ] as const)
      expect(guide({ source })).not.toContain('| order of changes |');
  });

  it('are those of DMS', () => {
    const text = guide({ source: { kind: 'dms', beforeImage: 'old' } });
    expect(text).toContain('`FieldName` `old`');
    expect(text).toContain('| `IncludeNullAndEmpty` | `true` |');
    expect(text).toContain('| `IncludeTransactionDetails` | `true` |');
    expect(guide({ source: { kind: 'dms' } })).toContain('| `BeforeImageSettings` | none |');
  });

  it('are those of DynamoDB', () => {
    expect(guide(dynamo)).toContain('| `StreamViewType` | `NEW_AND_OLD_IMAGES` |');
  });
});

describe('the faults of a feed', () => {
  it('are those that its changes can have', () => {
    expect(codes()).toEqual(
      expect.arrayContaining(['UNDECODABLE_CHANGE', 'UNAVAILABLE_VALUE', 'TABLE_TRUNCATED']),
    );
    expect(codes()).not.toContain('SCHEMA_DRIFT');
    expect(codes({ drift: 'quarantine' })).toContain('SCHEMA_DRIFT');
    expect(codes({ truncates: 'skip' })).not.toContain('TABLE_TRUNCATED');
    expect(codes(dynamo)).not.toContain('UNAVAILABLE_VALUE');
    expect(codes(dynamo)).not.toContain('TABLE_TRUNCATED');
    expect(codes()).not.toContain('UNKNOWN_EVENT_TYPE');
    expect(codes()).not.toContain('INVALID_PAYLOAD');
  });

  it('of an outbox are not those of columns', () => {
    expect(codes(outboxFeed)).toContain('UNKNOWN_EVENT_TYPE');
    expect(codes(outboxFeed)).not.toContain('NOT_A_DATE');
    expect(feedAlarmsOf(feed(outboxFeed)).map(({ id }) => id)).not.toContain('schema-drift');
    expect(renderSourceGuide(feed(outboxFeed))).not.toContain('When a table changes');
  });
});

describe('the runbook of a feed', () => {
  it('says when records become undelivered, and when never', () => {
    expect(renderRunbook(feed({ retry: { recordAgeSecondsMax: 7_200, attemptsMax: 9 } }))).toContain(
      'When a record is 2 hours old, or was tried 9 times, the complete batch is written',
    );
    const kafka = renderRunbook(feed({ stream: { kind: 'kafka', topics: ['customers'] } }));
    expect(kafka).toContain('Lambda brings the whole batch again, as often as it decides');
    const pollers = { min: 1, max: 2 };
    expect(renderRunbook(feed({ stream: { kind: 'kafka', topics: ['customers'], pollers } }))).toContain(
      'When a record is 6 hours old, the complete batch is written',
    );
    expect(kafka).toContain('give the topics more partitions');
    expect(kafka).not.toContain('seconds old become undelivered');
  });

  it('names the personal columns', () => {
    expect(renderRunbook(feed())).toContain('Personal data: `email` (email)');
  });
});
