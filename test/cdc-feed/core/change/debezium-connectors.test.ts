import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { changeIn, decodeJson } from './support.ts';

// Source blocks as in "Data change events" of https://debezium.io/documentation/reference/stable/connectors/ mysql.html,
// sqlserver.html, oracle.html and mongodb.html.

const source = (
  connector: is.Connector,
  name: string,
  entity: Partial<is.Entity> = {},
): is.DebeziumSource => ({
  kind: 'debezium',
  connector,
  entities: { [name]: { key: ['id'], columns: {}, ...entity } },
});

const envelope = (block: object, payload: object = {}) => ({
  before: null,
  after: { id: 1004, first_name: 'Anne' },
  source: block,
  op: 'c',
  ts_ms: 1465581029523,
  ...payload,
});

describe('MySQL', () => {
  const mysql = source('mysql', 'inventory.customers');
  const block = {
    version: '3.0.0.Final',
    connector: 'mysql',
    name: 'mysql-server-1',
    ts_ms: 1465581029100,
    snapshot: false,
    db: 'inventory',
    table: 'customers',
    server_id: 223344,
    gtid: null,
    file: 'mysql-bin.000003',
    pos: 484,
    row: 0,
    thread: 7,
    query: null,
  };

  test('is placed by file, position and row', () => {
    const change = changeIn(mysql, envelope(block));
    expect(change).toMatchObject({
      entity: 'inventory.customers',
      key: { id: 1004 },
      occurredAt: '2016-06-10T17:50:29.100Z',
    });
    expect(change.position).toBe('0000.1.0000000003.00000000000000000484.0000000000');
  });

  test('compares across files and within one event', () => {
    const at = (file: string, pos: number, row: number) =>
      changeIn(mysql, envelope({ ...block, file, pos, row })).position;
    const inOrder = [
      at('mysql-bin.000003', 9, 0),
      at('mysql-bin.000003', 10, 0),
      at('mysql-bin.000003', 10, 1),
      at('mysql-bin.000010', 4, 0),
      at('mysql-bin.1000000', 4, 0),
    ];
    expect(inOrder).toEqual(inOrder.toSorted());
  });

  test('its transaction is the GTID', () => {
    const gtid = '0e4d5dcd-a33b-11ea-80f1-02010a22a99e:10';
    expect(changeIn(mysql, envelope({ ...block, gtid })).transactionId).toBe(gtid);
  });

  test('previous values are whole rows', () => {
    const before = { id: 1004, first_name: 'Ann' };
    expect(changeIn(mysql, envelope(block, { op: 'u', before })).before).toEqual(before);
  });

  test('declared columns without a schema: unsigned, base64 decimals, zero dates, bits', () => {
    const columns = {
      big: is.integer({ unsigned: true }),
      price: is.decimal({ scale: 4 }),
      born: is.date('days', { epochIsNull: true }),
      flags: is.bits(10),
      took: is.time('micros'),
      seen: is.timestamp('millis'),
      ratio: is.float(),
    };
    const after = `{"id":1,"big":-1,"price":"D3J5","born":0,"flags":"BQI=","took":-3020399000000,"seen":1465581029100,"ratio":0.1}`;
    const record = `{"before":null,"after":${after},"source":${JSON.stringify(block)},"op":"c","ts_ms":1}`;
    expect(changeIn(source('mysql', 'inventory.customers', { columns }), record).after).toEqual({
      id: 1,
      big: '18446744073709551615',
      price: '101.2345',
      born: null,
      flags: '1000000101',
      took: '-838:59:59',
      seen: '2016-06-10T17:50:29.100Z',
      ratio: '0.1',
    });
  });

  test.each([
    ['string', '"101.2345"'],
    ['double', '101.2345'],
  ] as const)('decimals in mode %s are the same', (decimals, json) => {
    const columns = { price: is.decimal({ scale: 4 }) };
    const record = `{"after":{"id":1,"price":${json}},"source":${JSON.stringify(block)},"op":"c"}`;
    const inMode = { ...source('mysql', 'inventory.customers', { columns }), decimals };
    expect(changeIn(inMode, record).after).toEqual({ id: 1, price: '101.2345' });
  });
});

describe('SQL Server', () => {
  const sqlserver = source('sqlserver', 'dbo.customers');
  const block = {
    connector: 'sqlserver',
    name: 'server1',
    ts_ms: 1559729995937,
    snapshot: false,
    db: 'testDB',
    schema: 'dbo',
    table: 'customers',
    change_lsn: '00000027:00000AC0:0002',
    commit_lsn: '00000027:00000ac0:0007',
    event_serial_no: '2',
  };

  test('is placed by commit, change and serial number', () => {
    expect(changeIn(sqlserver, envelope(block)).position).toBe(
      '0000.1.00000027:00000ac0:0007.00000027:00000ac0:0002.0000000002',
    );
  });

  test('a snapshot read has a commit LSN alone', () => {
    const read = { ...block, snapshot: 'true', change_lsn: null, event_serial_no: null };
    expect(changeIn(sqlserver, envelope(read, { op: 'r' })).position).toBe(
      '0000.0.00000027:00000ac0:0007.00000000:00000000:0000.0000000000',
    );
  });
});

describe('Oracle', () => {
  const oracle = source('oracle', 'DEBEZIUM.CUSTOMERS', { key: ['ID'] });
  const block = {
    connector: 'oracle',
    name: 'server1',
    ts_ms: 1520085154000,
    snapshot: false,
    db: 'ORCLPDB1',
    schema: 'DEBEZIUM',
    table: 'CUSTOMERS',
    txId: '6.28.807',
    scn: '2122185',
    commit_scn: '2122190',
    rs_id: '001234.00012345.0124',
    ssn: 1,
    redo_thread: 1,
  };
  const at = (more: object) => changeIn(oracle, envelope({ ...block, ...more }, { after: { ID: 1004 } }));

  test('is placed by commit SCN, SCN and redo address', () => {
    const change = at({});
    expect(change).toMatchObject({ key: { ID: 1004 }, transactionId: '6.28.807' });
    expect(change.position).toBe(
      '0000.1.00000000000002122190.00000000000002122185.00000000000000000000.000000001234.00012345.0124.0000000001',
    );
  });

  test('SCNs of any length compare', () => {
    const inOrder = [
      at({ commit_scn: '999999' }),
      at({}),
      at({ scn: '2122186' }),
      at({ commit_scn: '12345678901234567890' }),
    ];
    const sequences = inOrder.map(change => change.position);
    expect(sequences).toEqual(sequences.toSorted());
  });

  test('a redo address that is none is no position', () => {
    const decoded = decodeJson(oracle, envelope({ ...block, rs_id: '"},"x' }, { after: { ID: 1 } }));
    expect(decoded).toMatchObject({ code: 'UNDECODABLE_CHANGE' });
  });
});

describe('MongoDB', () => {
  const columns = {
    balance: is.decimal({ scale: 2 }),
    since: is.timestamp('millis'),
    visits: is.integer(),
    email: is.text(),
  };
  const mongodb = source('mongodb', 'inventory.customers', { key: ['_id'], columns });
  const block = {
    connector: 'mongodb',
    name: 'fulfillment',
    ts_ms: 1558965508000,
    snapshot: false,
    db: 'inventory',
    rs: 'rs0',
    collection: 'customers',
    ord: 31,
    h: '1546547425148721999',
  };
  const document =
    '{"_id": {"$numberLong": "1004"},"balance": {"$numberDecimal": "10.5"},"since": {"$date": 1558965508000},' +
    '"visits": {"$numberLong": "9007199254740993"},"email": "annek@noanswer.org","oid": {"$oid": "5cebab4f0000000000000000"}}';
  const row = {
    _id: 1004,
    balance: '10.50',
    since: '2019-05-27T13:58:28.000Z',
    visits: '9007199254740993',
    email: 'annek@noanswer.org',
    oid: '5cebab4f0000000000000000',
  };

  test('a document is read from its extended JSON', () => {
    expect(changeIn(mongodb, envelope(block, { after: document }))).toMatchObject({
      key: { _id: 1004 },
      op: 'create',
      after: row,
      position: '0000.1.00000001558965508000.0000000031.00000000000000000000',
    });
  });

  test('a delete is keyed by the record’s key', () => {
    const change = changeIn(mongodb, envelope(block, { op: 'd', after: null }), {
      key: { id: '{"$numberLong": "1004"}' },
    });
    expect(change).toMatchObject({ op: 'delete', key: { _id: 1004 }, unavailable: [] });
  });

  test('a partial update has what it says, null for what it removed, and names the rest', () => {
    const updateDescription = {
      updatedFields: '{"visits": 5, "address.street": "x"}',
      removedFields: ['since'],
      truncatedArrays: null,
    };
    const change = changeIn(mongodb, envelope(block, { op: 'u', after: null, updateDescription }), {
      key: { id: '{"$numberLong": "1004"}' },
    });
    expect(change.after).toEqual({ _id: 1004, visits: 5, since: null });
    expect(change.unavailable).toEqual(['balance', 'email']);
  });

  test('changes of one transaction compare by their place in it', () => {
    const at = (order: number) =>
      changeIn(
        mongodb,
        envelope(block, { after: document, transaction: { id: '14:1', total_order: order } }),
      );
    expect(at(2).position < at(10).position).toBe(true);
    expect(at(2).transactionId).toBe('14:1');
  });
});

describe('flattened records', () => {
  // https://debezium.io/documentation/reference/stable/transformations/event-flattening.html
  const flattened: is.DebeziumSource = { ...source('postgresql', 'public.my_table'), form: 'flattened' };
  const record = {
    id: 1,
    field1: 'x',
    __op: 'u',
    __table: 'my_table',
    __lsn: '123456789',
    __source_ts_ms: '1529507597000',
    __source_snapshot: 'false',
    __deleted: 'false',
  };

  test('hold the row without what was added to it', () => {
    expect(changeIn(flattened, record)).toMatchObject({
      entity: 'public.my_table',
      op: 'update',
      after: { id: 1, field1: 'x' },
      position: '0000.1.00000000000123456789',
      occurredAt: '2018-06-20T15:13:17.000Z',
    });
  });

  test('may carry what was added in headers', () => {
    const headers = { __op: '"u"', __table: 'my_table', __lsn: '123456789', __source_ts_ms: '1529507597000' };
    const change = changeIn(flattened, { id: 1, field1: 'x', __own: 'column' }, { headers });
    expect(change).toMatchObject({ op: 'update', after: { id: 1, field1: 'x', __own: 'column' } });
    expect(change.position).toBe('0000.1.00000000000123456789');
  });

  test('a rewritten delete is a delete, though its flag is text', () => {
    const change = changeIn(flattened, { ...record, __op: 'd', __deleted: 'true' });
    expect(change).toMatchObject({ op: 'delete', key: { id: 1 }, before: { id: 1 } });
    expect(change.after).toBeUndefined();
  });

  test('without `__op` nobody can tell what happened', () => {
    const { __op: _, ...rest } = record;
    expect(decodeJson(flattened, rest)).toMatchObject({
      code: 'UNDECODABLE_CHANGE',
      detail: expect.stringContaining('add.fields'),
    });
  });

  test('without a log position the stream orders them, if the contract says so', () => {
    const { __lsn: _, ...rest } = record;
    const byStream = { ...flattened, orderedBy: 'stream' as const };
    const change = changeIn(byStream, rest, { streamSequence: '42' });
    expect(change.position).toMatch(/^0000\.1\.0{54}42$/);
    expect(decodeJson(byStream, rest)).toMatchObject({ code: 'UNDECODABLE_CHANGE' });
    expect(decodeJson(flattened, rest, { streamSequence: '42' })).toMatchObject({
      code: 'UNDECODABLE_CHANGE',
    });
  });
});

describe('CloudEvents', () => {
  // https://debezium.io/documentation/reference/stable/integrations/cloudevents.html
  const cloudevents: is.DebeziumSource = {
    ...source('postgresql', 's1.a', { key: ['pk'] }),
    form: 'cloudevents',
  };

  test('a structured event carries its source block in attributes', () => {
    const event = {
      id: 'name:test_server;lsn:29274832;txId:565',
      source: '/debezium/postgresql/test_server',
      specversion: '1.0',
      type: 'io.debezium.postgresql.datachangeevent',
      time: '2020-01-13T13:55:39.738Z',
      datacontenttype: 'application/json',
      iodebeziumop: 'r',
      iodebeziumversion: '3.0.0.Final',
      iodebeziumconnector: 'postgresql',
      iodebeziumname: 'test_server',
      iodebeziumtsms: '1578923739738',
      iodebeziumsnapshot: 'true',
      iodebeziumdb: 'postgres',
      iodebeziumschema: 's1',
      iodebeziumtable: 'a',
      iodebeziumlsn: '29274832',
      iodebeziumxmin: null,
      iodebeziumtxid: '565',
      iodebeziumtxtotalorder: '1',
      iodebeziumtxdatacollectionorder: '1',
      data: { before: null, after: { pk: 1, name: 'Bob' } },
    };
    expect(changeIn(cloudevents, event)).toEqual({
      entity: 's1.a',
      key: { pk: 1 },
      op: 'read',
      after: { pk: 1, name: 'Bob' },
      unavailable: [],
      position: '0000.0.00000000000029274832',
      occurredAt: '2020-01-13T13:55:39.738Z',
      snapshot: true,
      transactionId: '565',
    });
  });

  test('Avro data is refused with the setting to change', () => {
    const event = { iodebeziumop: 'r', data: 'AAAAAAEAAgICAg==' };
    expect(decodeJson(cloudevents, event)).toMatchObject({
      detail: expect.stringContaining('data.serializer.type'),
    });
  });
});
