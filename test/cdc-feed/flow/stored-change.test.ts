import { hash } from 'node:crypto';
import fc from 'fast-check';
import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import type { Captured } from '#adapters/cdc-feed/contract/cdc-table.ts';
import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { quarantinedChange } from '#adapters/cdc-feed/core/feed/quarantined-change.ts';
import {
  type OriginalInput,
  originalInput,
  storedChange,
} from '#adapters/cdc-feed/core/feed/stored-change.ts';
import { placeOf, type StreamBatch } from '#adapters/cdc-feed/core/feed/stream-batch.ts';
import crmCustomers from '#integrations/crm-customers/contract.ts';
import loyaltyMembers from '#integrations/loyalty-members/contract.ts';
import { fault } from '#shared/contract/fault.ts';
import { change } from './debezium.ts';
import { spec } from './feeds.ts';
import { reprocess } from './reprocess.ts';
import { FeedSimulator } from './simulator.ts';

const mover = { region: 'eu', id: 7, email: 'ada@example.com', visits: 1 };

const newMember = {
  eventName: 'INSERT',
  eventSourceARN: 'arn:aws:dynamodb:eu-central-1:123456789012:table/loyalty/stream/2026-01-05T00:00:00.000',
  dynamodb: {
    Keys: { memberId: { S: 'M-1' } },
    NewImage: {
      memberId: { S: 'M-1' },
      points: { N: '5' },
      level: { N: '2' },
      joined: { S: '2024-03-01' },
    },
    StreamViewType: 'NEW_AND_OLD_IMAGES',
  },
};

function unableToMap(feed: CdcFeed): CdcFeed {
  const fail = () => {
    throw new Error('not yet');
  };
  const broken = (captured: Captured) => ({ ...captured, map: fail, mapKey: fail }) as Captured;
  const tables = Object.entries(feed.tables).map(([name, captured]) => [name, broken(captured)]);
  return { ...feed, tables: Object.fromEntries(tables) };
}

/** With bytes as numbers, whatever class holds them. */
const plain = ({ batch, record, origin }: OriginalInput) => {
  const { data, key, headers = {}, streamSequence } = record.record;
  const heads = Object.entries(headers).map(([name, value]) => [name, [...value]]);
  return [
    batch.stream,
    batch.shard,
    record.arrivedAt,
    [...data],
    key && [...key],
    heads,
    streamSequence,
    origin,
  ];
};

describe('a stored change', () => {
  const bytes = fc.uint8Array({ maxLength: 40 });

  it('has all that reprocessing needs: bytes, key, headers, place, time and archive', () => {
    fc.assert(
      fc.property(
        bytes,
        fc.option(bytes, { nil: undefined }),
        fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), bytes),
        fc.constantFrom('', 'shard-1'),
        fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') }),
        (data, key, headers, shard, arrived) => {
          const sequenceNumber = '4711';
          const arrivedAt = arrived.toISOString();
          const record = {
            sequenceNumber,
            arrivedAt,
            record: { data, ...(key && { key }), headers, streamSequence: sequenceNumber },
          };
          const batch: StreamBatch = { stream: 'crm', shard, received: 1, records: [record] };
          const origin = {
            place: placeOf(batch, record),
            arrivedAt,
            rawRef: 's3://raw/x#bytes=0-1',
            rawHash: hash('sha256', data),
          };
          const faults = [fault('UNDECODABLE_CHANGE', {}, 'not JSON')];
          const content = quarantinedChange(crmCustomers, batch, { record, origin, faults, epoch: 0 });
          const given = originalInput(storedChange.parse(JSON.parse(JSON.stringify(content))));
          expect(plain(given)).toEqual(plain({ batch, record, origin }));
        },
      ),
    );
  });
});

describe('streams of every kind', () => {
  it.each([
    ['a table’s own stream', loyaltyMembers, [{ data: newMember }]],
    [
      'a topic of Kafka, whose headers tell of a moved key',
      defineCdcFeed({ ...spec, stream: { kind: 'kafka', topics: ['crm.public.customers'] } }),
      [
        {
          ...change({ op: 'd', before: mover }),
          headers: { '__debezium.newkey': '{"region":"eu","id":8}' },
        },
        change({ op: 'c', after: { ...mover, id: 8 }, lsn: 24023129 }),
      ],
    ],
  ])('have their changes reprocessed as they came: %s', async (_, feed, records) => {
    const late = await new FeedSimulator(unableToMap(feed)).put(...records).run();
    expect(late.quarantined().map(({ code }) => code)).toEqual(records.map(() => 'MAPPING_FAILED'));
    const ended = await reprocess(feed, late.ports);
    expect(ended.map(({ end }) => end)).toEqual(records.map(() => 'published'));
    const direct = await new FeedSimulator(feed).put(...records).run();
    expect(late.facts()).toEqual(direct.facts());
  });

  it('report a bus in trouble in the answer, also over Kafka, whose mapping needs an error', async () => {
    const feed = defineCdcFeed({ ...spec, stream: { kind: 'kafka', topics: ['crm.public.customers'] } });
    const late = await new FeedSimulator(unableToMap(feed)).put(change({ op: 'c', after: mover })).run();
    late.ports.bus.answer = () => ({ kind: 'denied', reason: 'AccessDeniedException' });
    expect(await reprocess(feed, late.ports)).toMatchObject([{ end: 'open', code: 'ACCESS_DENIED' }]);
  });
});
