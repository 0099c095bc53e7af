import type { CdcFeedSpec } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { type Captured, outbox, table } from '#adapters/cdc-feed/contract/cdc-table.ts';
import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { customerCreated } from '#events/customers/customer-created.v1.ts';
import { customerDeleted } from '#events/customers/customer-deleted.v1.ts';
import { customerUpdated } from '#events/customers/customer-updated.v1.ts';
import { fileSettled } from '#events/edge/file-settled.v1.ts';
import { memberDeleted } from '#events/loyalty/member-deleted.v1.ts';
import { Refusal } from '#shared/contract/field.ts';
import { columns, customers, spec } from '../flow/feeds.ts';

const changed = (change: Partial<CdcFeedSpec>) => () => defineCdcFeed({ ...spec, ...change });
const withTable = (change: object) =>
  changed({ tables: { 'public.customers': { ...customers, ...change } as Captured } });
const dynamodb = {
  source: { kind: 'dynamodb', form: 'streams' },
  stream: { kind: 'dynamodb', table: 'loyalty' },
  tables: { loyalty: customers },
} as const;
const kafka = { kind: 'kafka', topics: ['crm.customers'] } as const;

describe('a CDC feed', () => {
  it('has its defaults filled in and is frozen', () => {
    const feed = defineCdcFeed(spec);
    expect(feed).toMatchObject({
      kind: 'cdc-feed',
      direction: 'inbound',
      stream: { kind: 'kinesis', name: 'test-feed', shards: 1, retentionHours: 72 },
      snapshots: 'updated',
      truncates: 'quarantine',
      drift: 'continue',
      batch: { records: 500, windowSeconds: 1 },
      parallelBatchesPerShard: 1,
      retry: { recordAgeSecondsMax: 21_600, attemptsMax: undefined },
    });
    expect(Object.isFrozen(feed.tables['public.customers'])).toBe(true);
    expect(() => Object.assign(feed.batch, { records: 1 })).toThrow(TypeError);
  });

  it('gives decoders its tables as entities, and infrastructure its events', () => {
    const feed = defineCdcFeed(spec);
    expect(feed.source.entities['public.customers']).toEqual({
      key: ['region', 'id'],
      columns: { region: is.text(), id: is.integer(), email: is.text(), visits: is.integer() },
    });
    expect(feed.events).toEqual([customerCreated, customerUpdated, customerDeleted]);
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      'an unknown option',
      changed({ snapshot: 'skip' } as object),
      /unknown option "snapshot"; did you mean "snapshots"/,
    ],
    [
      'an unknown option of the source',
      changed({ source: { ...spec.source, slot: 'a' } as unknown as CdcFeedSpec['source'] }),
      /source: unknown option "slot"/,
    ],
    [
      'an unknown option of the stream',
      changed({ stream: { ...spec.stream, arn: 'a' } as unknown as CdcFeedSpec['stream'] }),
      /stream: unknown option "arn"/,
    ],
    [
      'an unknown option of a column',
      withTable({ columns: { ...columns, id: { ...columns.id, pii: true } } }),
      /column id: unknown option "pii"/,
    ],
    ['no table', changed({ tables: {} }), /at least one table/],
    [
      'a stream that does not carry the source',
      changed({ stream: dynamodb.stream }),
      /come over kinesis or kafka/,
    ],
    [
      'a form that the stream does not have',
      changed({ ...dynamodb, source: { kind: 'dynamodb', form: 'kinesis' } }),
      /form must be 'streams'/,
    ],
    [
      'snapshots of DynamoDB',
      changed({ ...dynamodb, snapshots: 'skip' }),
      /snapshots: DynamoDB streams carry none/,
    ],
    ['truncates of DynamoDB', changed({ ...dynamodb, truncates: 'skip' }), /truncates/],
    ['expiries of PostgreSQL', changed({ expiries: 'skip' }), /only items of DynamoDB expire/],
    ['retries of Kafka', changed({ stream: kafka, retry: {} }), /retry: over Kafka, Lambda decides/],
    [
      'parallel batches of Kafka',
      changed({ stream: kafka, parallelBatchesPerShard: 2 }),
      /one batch at a time/,
    ],
    ['no topic', changed({ stream: { kind: 'kafka', topics: [] } }), /must name a topic/],
    ['too many parallel batches', changed({ parallelBatchesPerShard: 11 }), /from 1 to 10/],
    [
      'large batches that are not gathered',
      changed({ batch: { windowSeconds: 0 } }),
      /needs a batch.windowSeconds/,
    ],
    [
      'retries beyond what the stream keeps',
      changed({
        stream: { kind: 'kinesis', name: 'a', retentionHours: 24 },
        retry: { recordAgeSecondsMax: 86_400 },
      }),
      /forgets the record/,
    ],
    ['an epoch that sequences cannot carry', changed({ source: { ...spec.source, epoch: 10_000 } }), /epoch/],
    [
      'a key that is no column',
      withTable({ key: ['number'], orderBy: ['number'] }),
      /key "number" is not a column/,
    ],
    ['no key', withTable({ key: [], orderBy: [] }), /key must name/],
    ['a personal key', withTable({ key: ['email'], orderBy: ['email'] }), /personal data/],
    [
      'an order by what a delete may not carry',
      withTable({ orderBy: ['visits'] }),
      /orderBy "visits" is not part of the key/,
    ],
    ['to ignore a column that it reads', withTable({ ignore: ['visits'] }), /ignore "visits"/],
    [
      'an event of another verb',
      withTable({ events: { created: customerCreated, updated: customerCreated, deleted: customerDeleted } }),
      /must be named updated/,
    ],
    [
      'an event that is no fact',
      withTable({ events: { created: fileSettled, updated: customerUpdated, deleted: customerDeleted } }),
      /is no fact/,
    ],
    [
      'events of several aggregates',
      withTable({ events: { created: customerCreated, updated: customerUpdated, deleted: memberDeleted } }),
      /not of one aggregate/,
    ],
    [
      'to say nothing of deletes',
      withTable({ events: { created: customerCreated, updated: customerUpdated } }),
      /events.deleted must name an event/,
    ],
    [
      'to skip without saying why',
      withTable({ events: { created: { skip: ' ' }, updated: customerUpdated, deleted: customerDeleted } }),
      /must say why/,
    ],
    [
      'no event at all',
      withTable({
        mapKey: undefined,
        events: { created: { skip: 'a' }, updated: { skip: 'a' }, deleted: { skip: 'a' } },
      }),
      /at least one kind/,
    ],
    ['a deleted event without mapKey', withTable({ mapKey: undefined }), /mapKey is needed/],
    [
      'mapKey without a deleted event',
      withTable({
        events: { created: customerCreated, updated: customerUpdated, deleted: { skip: 'never' } },
      }),
      /mapKey does nothing/,
    ],
    [
      'to leave out a key column',
      withTable({ columns: { ...columns, id: { ...columns.id, unavailable: 'omit' } } }),
      /always there/,
    ],
    [
      'to leave out what DMS always carries',
      () =>
        defineCdcFeed({
          ...spec,
          source: { kind: 'dms' },
          tables: {
            'ERP.C': {
              ...customers,
              columns: { ...columns, email: { ...columns.email, unavailable: 'omit' } },
            } as Captured,
          },
        }),
      /carries every value/,
    ],
    [
      'a key that is wider than the aggregate',
      withTable({ aggregatePerKey: undefined }),
      /key region \+ id is wider than .* \(customerId\), so that two rows may be one to consumers/,
    ],
    [
      'one aggregate for each key without saying why',
      withTable({ aggregatePerKey: { reason: ' ' } }),
      /must say why/,
    ],
    [
      'to say why keys share no aggregate where they cannot',
      withTable({ key: ['id'], orderBy: ['id'] }),
      /aggregatePerKey does nothing/,
    ],
    [
      'a tenant that a delete does not carry',
      changed({ tenant: { from: 'email', allowed: ['acme'] } }),
      /tenant.from "email" is not one of region, id/,
    ],
    [
      'more pollers of Kafka than there can be',
      changed({ stream: { kind: 'kafka', topics: ['a'], pollers: { min: 3, max: 2 } } }),
      /stream.pollers: min must be/,
    ],
    [
      'an outbox without events',
      changed({ tables: { 'public.o': outbox({ events: {} }) } }),
      /must name at least one event/,
    ],
    [
      'an outbox that tells what only the suite tells',
      changed({ tables: { 'public.o': outbox({ events: { a: fileSettled } }) } }),
      /the suite’s own/,
    ],
    [
      'an outbox with one column for two things',
      changed({
        tables: { 'public.o': outbox({ events: { a: customerCreated }, columns: { type: 'id' } }) },
      }),
      /must differ/,
    ],
  ])('refuses %s', (_, define, message) => {
    expect(define).toThrow(message);
  });

  it('refuses an unknown option of a table or an outbox where it is written', () => {
    expect(() => table({ ...customers, keys: ['id'] } as never)).toThrow(
      /table: unknown option "kind"|"keys"/,
    );
    expect(() => outbox({ events: {}, types: {} } as never)).toThrow(/unknown option "types"/);
  });

  it('takes a tenant from the key, and leaves it out of what the aggregate must tell', () => {
    const tables = { 'public.customers': { ...customers, aggregatePerKey: undefined } as Captured };
    expect(changed({ tenant: { from: 'region', allowed: ['acme'] }, tables })).not.toThrow();
  });
});

describe('the types of a table', () => {
  it('know the canonical values, the key, and what may be left out', () => {
    const events = { created: customerCreated, updated: customerUpdated, deleted: customerDeleted };
    const wanted = { ...columns, email: { ...columns.email, unavailable: 'omit' } } as const;
    const rest = { fullName: 'N', creditLimit: null, tier: 'gold' } as const;
    const mapKey = (key: { readonly id: string }) => ({ customerId: key.id });
    const key = ['id'] as const;
    const declare = () => [
      table({
        ...{ key, columns, events, mapKey },
        map: row => ({
          ...rest,
          // @ts-expect-error visits is a number, and the event needs text
          customerId: row.visits,
          email: row.email,
        }),
      }),
      table({
        ...{ key, columns: wanted, events, mapKey },
        map: row => ({
          ...rest,
          customerId: row.id,
          // @ts-expect-error the address may be left out, and the event needs it
          email: row.email,
        }),
      }),
      table({
        ...{ key, columns, events },
        map: row => ({ ...rest, customerId: row.id, email: row.email }),
        // @ts-expect-error a deleted row may be known by its key alone
        mapKey: given => ({ customerId: given.email }),
      }),
      // @ts-expect-error no such column
      table({ key: ['number'], columns, events, map: () => new Refusal('WRONG_FORM', 'none') }),
    ];
    expect(declare).not.toThrow();
  });
});
