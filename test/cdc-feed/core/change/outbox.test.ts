import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { Skipped } from '#adapters/cdc-feed/core/change/change.ts';
import { changeIn, decodeJson } from './support.ts';

// The outbox table of https://debezium.io/documentation/reference/stable/transformations/outbox-event-router.html

const source: is.DebeziumSource = {
  kind: 'debezium',
  connector: 'postgresql',
  entities: { 'public.outboxevent': { key: ['id'], columns: {}, outbox: is.outboxColumns } },
};

const row = {
  id: '406c07f3-26f0-4eea-a50c-109940064b8f',
  aggregatetype: 'Order',
  aggregateid: '1',
  type: 'OrderCreated',
  payload: '{"id": 1, "lineItems": [{"totalPrice": 39.98}], "customerId": 123}',
};
const record = (op: string, after: object | null = row) => ({
  before: op === 'd' ? { id: row.id } : null,
  after,
  op,
  ts_ms: 1,
  source: {
    connector: 'postgresql',
    ts_ms: 1529507597000,
    snapshot: false,
    schema: 'public',
    table: 'outboxevent',
    sequence: '["4","5"]',
    lsn: 5,
  },
});

describe('an outbox row', () => {
  test('is the event that it carries', () => {
    expect(changeIn(source, record('c')).outbox).toEqual({
      id: row.id,
      aggregateType: 'Order',
      aggregateId: '1',
      type: 'OrderCreated',
      payload: { customerId: 123, id: 1, lineItems: [{ totalPrice: 39.98 }] },
    });
  });

  test('may carry no payload, or one already expanded', () => {
    expect(changeIn(source, record('c', { ...row, payload: null })).outbox?.payload).toBeNull();
    expect(changeIn(source, record('c', { ...row, payload: { id: 1 } })).outbox?.payload).toEqual({ id: 1 });
  });

  test('that is deleted is tidied up, which is no event', () => {
    expect(decodeJson(source, record('d', null))).toEqual(new Skipped('outbox-cleanup'));
  });

  test.each([
    ['updated', record('u'), { code: 'UNKNOWN_OPERATION' }],
    [
      'without a type',
      record('c', { ...row, type: null }),
      { code: 'UNDECODABLE_CHANGE', at: { column: 'type' } },
    ],
    [
      'whose payload is no JSON',
      record('c', { ...row, payload: '{' }),
      { code: 'UNDECODABLE_CHANGE', at: { column: 'payload' } },
    ],
  ])('%s is a fault', (_what, data, expected) => {
    expect(decodeJson(source, data)).toMatchObject(expected);
  });
});
