import type * as is from '../../shared/contract/cdc-source.ts';
import { changeIn, decodeJson } from './support.ts';

// Records as in "Data change events" and "Data type mappings" of
// https://debezium.io/documentation/reference/stable/connectors/postgresql.html

const source: is.DebeziumSource = {
  kind: 'debezium',
  connector: 'postgresql',
  entities: {
    'public.customers': { key: ['id'], columns: {} },
  },
};

const row = (fields: readonly object[]) => ({
  type: 'struct',
  fields,
  optional: true,
  name: 'srv.public.customers.Value',
});

const columns = [
  { type: 'int32', optional: false, field: 'id' },
  { type: 'string', optional: false, field: 'first_name' },
  { type: 'string', optional: false, field: 'last_name' },
  { type: 'string', optional: false, field: 'email' },
];

/** The envelope of the documentation's create event around a row of the given columns. */
const withSchema = (fields: readonly object[], payload: object) => ({
  schema: {
    type: 'struct',
    fields: [
      { ...row(fields), field: 'before' },
      { ...row(fields), field: 'after' },
    ],
    optional: false,
    name: 'srv.public.customers.Envelope',
  },
  payload: { before: null, after: null, source: block, op: 'c', ts_ms: 1559033904863, ...payload },
});

const block = {
  version: '3.0.0.Final',
  connector: 'postgresql',
  name: 'PostgreSQL_server',
  ts_ms: 1559033904863,
  snapshot: false,
  db: 'postgres',
  sequence: '["24023119","24023128"]',
  schema: 'public',
  table: 'customers',
  txId: 555,
  lsn: 24023128,
  xmin: null,
};

const anne = { id: 1, first_name: 'Anne', last_name: 'Kretchmar', email: 'annek@noanswer.org' };

describe('a change of a PostgreSQL table, with schema', () => {
  test('a create has its row, key, position, time and transaction', () => {
    expect(changeIn(source, withSchema(columns, { after: anne }))).toEqual({
      entity: 'public.customers',
      key: { id: 1 },
      op: 'create',
      after: anne,
      unavailable: [],
      position: {
        sequence: '0000.1.00000000000024023128',
        fields: { lsn: '24023128', sequence: '["24023119","24023128"]', txId: '555' },
      },
      occurredAt: '2019-05-28T08:58:24.863Z',
      snapshot: false,
      transactionId: '555',
    });
  });

  test('an unchanged TOAST value is named and never published', () => {
    const after = { ...anne, email: '__debezium_unavailable_value' };
    const change = changeIn(source, withSchema(columns, { op: 'u', after }));
    expect(change.unavailable).toEqual(['email']);
    expect(change.after).not.toHaveProperty('email');
    expect(JSON.stringify(change)).not.toContain('__debezium');
  });

  test('a record that is not JSON is a fault', () => {
    expect(decodeJson(source, '{"schema":')).toMatchObject({
      code: 'UNDECODABLE_CHANGE',
      detail: 'not JSON',
    });
  });
});
