import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import type { Change } from '#adapters/cdc-feed/core/change/change.ts';
import { changeIn } from './support.ts';

// The same three changes of one member, as each log writes them: one truth, whatever the way.

const columns = {
  memberId: is.text(),
  points: is.integer(),
  credit: is.decimal({ scale: 2 }),
  joinedOn: is.date('days'),
  updatedAt: is.timestamp('micros'),
  active: is.boolean(),
  preferences: is.json(),
  photo: is.bytes(),
  tags: is.array(is.text()),
  note: is.text(),
};

const entity: is.Entity = { key: ['memberId'], columns };
const withSchema: is.DebeziumSource = {
  kind: 'debezium',
  connector: 'postgresql',
  beforeImage: 'full',
  entities: { 'public.loyalty': entity },
};
const flattened: is.DebeziumSource = { ...withSchema, form: 'flattened' };
const cloudevents: is.DebeziumSource = { ...withSchema, form: 'cloudevents' };
const dms: is.DmsSource = {
  kind: 'dms',
  beforeImage: 'before-image',
  entities: { 'public.loyalty': entity },
};
const dynamodb: is.DynamoDbSource = { kind: 'dynamodb', form: 'streams', entities: { loyalty: entity } };

/** The member in canonical values, and as each log encodes it. */
interface Member {
  readonly canonical: Record<string, unknown>;
  readonly debezium: string;
  readonly dms: string;
  readonly dynamodb: string;
}

const ada: Member = {
  canonical: {
    memberId: 'M-1',
    points: '9007199254740993',
    credit: '-1234.50',
    joinedOn: '2018-06-20',
    updatedAt: '2018-06-20T15:13:16.945104Z',
    active: true,
    preferences: { newsletter: false, factor: 0.1, big: '12345678901234567890' },
    photo: 'AQL/',
    tags: ['a', 'b'],
    note: null,
  },
  debezium: `{"memberId":"M-1","points":9007199254740993,"credit":"/h3G","joinedOn":17702,
    "updatedAt":1529507596945104,"active":true,
    "preferences":"{\\"newsletter\\":false,\\"factor\\":0.10,\\"big\\":12345678901234567890}",
    "photo":"AQL/","tags":["a","b"],"note":null}`,
  dms: `{"memberId":"M-1","points":9007199254740993,"credit":-1234.5,"joinedOn":"2018-06-20",
    "updatedAt":"2018-06-20T15:13:16.945104Z","active":1,
    "preferences":"{\\"newsletter\\":false,\\"factor\\":0.10,\\"big\\":12345678901234567890}",
    "photo":"AQL/","tags":["a","b"]}`,
  dynamodb: `{"memberId":{"S":"M-1"},"points":{"N":"9007199254740993"},"credit":{"N":"-1234.5"},
    "joinedOn":{"S":"2018-06-20"},"updatedAt":{"N":"1529507596945104"},"active":{"BOOL":true},
    "preferences":{"M":{"newsletter":{"BOOL":false},"factor":{"N":"0.10"},"big":{"N":"12345678901234567890"}}},
    "photo":{"B":"AQL/"},"tags":{"SS":["b","a"]}}`,
};

const grace: Member = {
  canonical: {
    ...ada.canonical,
    points: 7,
    credit: '0.05',
    updatedAt: '2018-06-20T15:13:17.000Z',
    note: 'ok',
  },
  debezium: ada.debezium
    .replace('9007199254740993', '7')
    .replace('/h3G', 'BQ==')
    .replace('1529507596945104', '1529507597000000')
    .replace('"note":null', '"note":"ok"'),
  dms: ada.dms
    .replace('9007199254740993', '7')
    .replace('-1234.5', '"0.05"')
    .replace('16.945104Z', '17Z')
    .replace('}"', '}"')
    .replace(/\}$/, ',"note":"ok"}'),
  dynamodb: ada.dynamodb
    .replace('9007199254740993', '7')
    .replace('-1234.5', '0.05')
    .replace('1529507596945104', '1529507597000000')
    .replace(/\}$/, ',"note":{"S":"ok"}}'),
};

const pgBlock =
  '"connector":"postgresql","ts_ms":1529507597000,"snapshot":"false","db":"crm","schema":"public","table":"loyalty","txId":7,"lsn":24023128';

const rowSchema = {
  type: 'struct',
  optional: true,
  name: 'srv.public.loyalty.Value',
  fields: [
    { field: 'memberId', type: 'string' },
    { field: 'points', type: 'int64' },
    {
      field: 'credit',
      type: 'bytes',
      name: 'org.apache.kafka.connect.data.Decimal',
      parameters: { scale: '2' },
    },
    { field: 'joinedOn', type: 'int32', name: 'io.debezium.time.Date' },
    { field: 'updatedAt', type: 'int64', name: 'io.debezium.time.MicroTimestamp' },
    { field: 'active', type: 'boolean' },
    { field: 'preferences', type: 'string', name: 'io.debezium.data.Json' },
    { field: 'photo', type: 'bytes' },
    { field: 'tags', type: 'array', items: { type: 'string' } },
    { field: 'note', type: 'string' },
  ],
};
const schema = JSON.stringify({
  type: 'struct',
  fields: [
    { ...rowSchema, field: 'before' },
    { ...rowSchema, field: 'after' },
  ],
});

type Images = { readonly before?: Member; readonly after?: Member };

const envelope = (op: string, { before, after }: Images): string =>
  `{"before":${before?.debezium ?? null},"after":${after?.debezium ?? null},"source":{${pgBlock}},"op":"${op}","ts_ms":1}`;

const ways: readonly { readonly name: string; readonly change: (op: string, images: Images) => Change }[] = [
  {
    name: 'Debezium with schema',
    change: (op, images) => changeIn(withSchema, `{"schema":${schema},"payload":${envelope(op, images)}}`),
  },
  { name: 'Debezium without schema', change: (op, images) => changeIn(withSchema, envelope(op, images)) },
  {
    name: 'Debezium as CloudEvent',
    change: (op, { before, after }) =>
      changeIn(
        cloudevents,
        `{"specversion":"1.0","iodebeziumop":"${op}","iodebeziumconnector":"postgresql","iodebeziumschema":"public",
        "iodebeziumtable":"loyalty","iodebeziumtsms":"1529507597000","iodebeziumsnapshot":"false","iodebeziumlsn":"24023128",
        "data":{"before":${before?.debezium ?? null},"after":${after?.debezium ?? null}}}`,
      ),
  },
  {
    name: 'DMS',
    change: (op, { before, after }) => {
      const operation = { c: 'insert', u: 'update', d: 'delete' }[op];
      const image = before
        ? `,"before-image":${before.dms.replace(/\}$/, before.dms.includes('note') ? '}' : ',"note":null}')}`
        : '';
      return changeIn(
        dms,
        `{"data":${(after ?? before)?.dms},"metadata":{"record-type":"data","operation":"${operation}",
        "schema-name":"public","table-name":"loyalty","timestamp":"2018-06-20T15:13:17.000001Z"}${image}}`,
      );
    },
  },
  {
    name: 'DynamoDB Streams',
    change: (op, { before, after }) => {
      const eventName = { c: 'INSERT', u: 'MODIFY', d: 'REMOVE' }[op];
      const images = [
        `"Keys":{"memberId":{"S":"M-1"}}`,
        ...(before ? [`"OldImage":${before.dynamodb}`] : []),
        ...(after ? [`"NewImage":${after.dynamodb}`] : []),
      ];
      return changeIn(
        dynamodb,
        `{"eventName":"${eventName}","eventSourceARN":"arn:aws:dynamodb:eu-central-1:1:table/loyalty/stream/2018",
        "dynamodb":{"ApproximateCreationDateTime":1529507597,"SequenceNumber":"111000000000000000000001",${images}}}`,
      );
    },
  },
];

describe.each(ways)('one truth: $name', ({ change }) => {
  const key = { memberId: 'M-1' };

  test('a create has the same key and row', () => {
    expect(change('c', { after: ada })).toMatchObject({ op: 'create', key });
    expect(change('c', { after: ada }).after).toEqual(ada.canonical);
  });

  test('an update has the same row and previous row', () => {
    const updated = change('u', { before: ada, after: grace });
    expect(updated).toMatchObject({
      op: 'update',
      key,
      occurredAt: expect.stringMatching(/^2018-06-20T15:13:17/),
    });
    expect(updated.before).toEqual(ada.canonical);
    expect(updated.after).toEqual(grace.canonical);
  });

  test('a delete has the same key and previous row, and no row', () => {
    const deleted = change('d', { before: grace });
    expect(deleted).toMatchObject({ op: 'delete', key });
    expect(deleted.before).toEqual(grace.canonical);
    expect(deleted.after).toBeUndefined();
  });
});

test('a flattened record has the same row too', () => {
  const record = ada.debezium.replace(
    /\}$/,
    ',"__op":"c","__deleted":"false","__schema":"public","__table":"loyalty","__lsn":24023128,"__source_ts_ms":1529507597000}',
  );
  const change = changeIn(flattened, record);
  expect(change).toMatchObject({ op: 'create', key: { memberId: 'M-1' }, after: ada.canonical });
  expect(Object.keys(change.after!)).toEqual(Object.keys(ada.canonical));
});
