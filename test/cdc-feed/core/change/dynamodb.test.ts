import type * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { changeIn, decodeJson } from './support.ts';

// Streams records as in https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html; the Kinesis form as captured in the tests of
// https://github.com/crate/commons-codec (tests/transform/test_dynamodb_cdc.py) and in ClickHouse's guide to DynamoDB.

const entity: is.Entity = { key: ['memberId'], columns: {} };
const streams: is.DynamoDbSource = { kind: 'dynamodb', form: 'streams', entities: { loyalty: entity } };
const kinesis: is.DynamoDbSource = { ...streams, form: 'kinesis' };

const keys = { memberId: { S: 'M-1' } };
const record = (more: object = {}, stream: object = {}) => ({
  eventID: 'c4ca4238a0b923820dcc509a6f75849b',
  eventName: 'INSERT',
  eventVersion: '1.1',
  eventSource: 'aws:dynamodb',
  awsRegion: 'us-east-1',
  eventSourceARN: 'arn:aws:dynamodb:us-east-1:123456789012:table/loyalty/stream/2024-06-10T19:26:16.525',
  dynamodb: {
    ApproximateCreationDateTime: 1428537600,
    Keys: keys,
    NewImage: { ...keys, points: { N: '101' } },
    SequenceNumber: '4421584500000000017450439091',
    SizeBytes: 26,
    StreamViewType: 'NEW_AND_OLD_IMAGES',
    ...stream,
  },
  ...more,
});

describe('a record of DynamoDB Streams', () => {
  test('an insert has its item, key, sequence and time', () => {
    expect(changeIn(streams, record())).toEqual({
      entity: 'loyalty',
      key: { memberId: 'M-1' },
      op: 'create',
      after: { memberId: 'M-1', points: 101 },
      unavailable: [],
      position: '0000.1.S20240610192616525.0000000000004421584500000000017450439091',
      occurredAt: '2015-04-09T00:00:00.000Z',
      snapshot: false,
    });
  });

  const streamOf = (table: string) =>
    record({
      eventSourceARN: `arn:aws:dynamodb:us-east-1:123456789012:table/${table}/stream/2024-06-10T19:26:16.525`,
    });

  test('is of the contract’s table, whatever suffix its stage adds to the name', () => {
    expect(changeIn(streams, streamOf('loyalty-prod')).entity).toBe('loyalty');
  });

  test.each(['loyaltyprod', 'prodloyalty'])('of %s is of another table', table => {
    expect(() => changeIn(streams, streamOf(table))).toThrow('UNKNOWN_ENTITY');
  });

  test('a later stream of the table is newer, whatever its sequence numbers', () => {
    const at = (made: string, SequenceNumber: string) =>
      changeIn(
        streams,
        record(
          { eventSourceARN: `arn:aws:dynamodb:us-east-1:123456789012:table/loyalty/stream/${made}` },
          { SequenceNumber },
        ),
      ).position;
    const inOrder = [
      at('of another form', '9'.repeat(40)),
      at('2024-06-10T19:26:16.525', '100000000000000000021'),
      at('2024-06-10T19:26:16.525', '9'.repeat(40)),
      at('2025-01-01T00:00:00.000', '100000000000000000003'),
    ];
    expect(inOrder).toEqual(inOrder.toSorted());
    expect(new Set(inOrder).size).toBe(inOrder.length);
  });

  test('every attribute type is read exactly', () => {
    const NewImage = {
      ...keys,
      n: { N: '-12345678901234567890.123456789012345678' },
      i: { N: '99999999999999999999' },
      b: { B: 'AQID' },
      t: { BOOL: true },
      z: { NULL: true },
      m: { M: { inner: { L: [{ N: '1' }, { S: 'x' }] } } },
      ss: { SS: ['b', 'a'] },
      ns: { NS: ['10', '9', '-1.5'] },
      bs: { BS: ['U3Vubnk=', 'UmFpbnk='] },
    };
    expect(changeIn(streams, record({}, { NewImage })).after).toEqual({
      memberId: 'M-1',
      n: '-12345678901234567890.123456789012345678',
      i: '99999999999999999999',
      b: 'AQID',
      t: true,
      z: null,
      m: { inner: [1, 'x'] },
      ss: ['a', 'b'],
      ns: [-1.5, 9, 10],
      bs: ['U3Vubnk=', 'UmFpbnk='],
    });
  });

  test('an expired item is told from a deleted one', () => {
    const removed = { eventName: 'REMOVE' };
    const images = { NewImage: undefined, OldImage: { ...keys, points: { N: '7' } } };
    const expired = { ...removed, userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } };
    expect(changeIn(streams, record(expired, images))).toMatchObject({
      op: 'delete',
      ttl: true,
      before: { points: 7 },
    });
    expect(changeIn(streams, record(removed, images)).ttl).toBeUndefined();
  });

  test('sequence numbers of 21 to 40 digits compare as numbers', () => {
    const at = (SequenceNumber: string) => changeIn(streams, record({}, { SequenceNumber })).position;
    const inOrder = ['9'.repeat(21), '1'.repeat(22), '2'.repeat(39), '1'.repeat(40)].map(at);
    expect(inOrder).toEqual(inOrder.toSorted());
  });

  test.each([
    ['another event name', record({ eventName: 'FOOBAR' }), 'UNKNOWN_OPERATION'],
    [
      'another table',
      record({ eventSourceARN: 'arn:aws:dynamodb:us-east-1:1:table/other/stream/x' }),
      'UNKNOWN_ENTITY',
    ],
    ['a stream of keys only', record({ eventName: 'MODIFY' }, { NewImage: undefined }), 'UNDECODABLE_CHANGE'],
    ['no key', record({}, { Keys: {} }), 'MISSING_KEY'],
    ['no sequence number', record({}, { SequenceNumber: undefined }), 'UNDECODABLE_CHANGE'],
    ['a time that is none', record({}, { ApproximateCreationDateTime: 'now' }), 'UNDECODABLE_CHANGE'],
    [
      'a time that no event can carry',
      record({}, { ApproximateCreationDateTime: 9e14 }),
      'UNDECODABLE_CHANGE',
    ],
    ['a plain item', record({}, { NewImage: { memberId: 'M-1' } }), 'UNKNOWN_COLUMN_TYPE'],
  ])('%s is a fault', (_what, data, code) => {
    expect(decodeJson(streams, data)).toMatchObject({ code });
  });

  test('without time or table, as Powertools’ test events have it, is a change all the same', () => {
    const event = record(
      { eventSourceARN: 'source_arn' },
      { ApproximateCreationDateTime: undefined, SequenceNumber: '222' },
    );
    expect(changeIn(streams, event)).toMatchObject({
      entity: 'loyalty',
      occurredAt: '1970-01-01T00:00:00.000Z',
      position: `0000.1.${'0'.repeat(37)}222`,
    });
  });
});

describe('a record of Kinesis Data Streams for DynamoDB', () => {
  const inKinesis = (time: number, precision?: string) =>
    record(
      {
        eventSourceARN: undefined,
        recordFormat: 'application/json',
        tableName: 'loyalty',
        userIdentity: null,
      },
      {
        SequenceNumber: undefined,
        ApproximateCreationDateTime: time,
        ...(precision && { ApproximateCreationDateTimePrecision: precision }),
      },
    );

  test('is placed by its time, then by the stream', () => {
    const change = changeIn(kinesis, inKinesis(1720740233012995, 'MICROSECOND'), { streamSequence: '77' });
    expect(change.occurredAt).toBe('2024-07-11T23:23:53.012995Z');
    expect(change.position).toBe(`0000.1.00001720740233012995.${'0'.repeat(54)}77`);
  });

  test('without its time nobody can place it', () => {
    const untimed = record({ tableName: 'loyalty' }, { ApproximateCreationDateTime: undefined });
    expect(decodeJson(kinesis, untimed)).toMatchObject({ code: 'UNDECODABLE_CHANGE' });
  });

  test('milliseconds are what it has unless it says otherwise', () => {
    expect(changeIn(kinesis, inKinesis(1660598951097)).occurredAt).toBe('2022-08-15T21:29:11.097Z');
  });
});
