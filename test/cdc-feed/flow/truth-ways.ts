import type { CdcFeedSource } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import type { PutRecord } from './stream-events.ts';
import type { Member, Step } from './truth-corpus.ts';

/** How one kind of log tells a step. */
export interface Way {
  readonly name: string;
  readonly source: CdcFeedSource;
  /** The table's name in that log. */
  readonly table: string;
  readonly record: (step: Step) => PutRecord;
}

const debezium = { kind: 'debezium', connector: 'postgresql', beforeImage: 'full' } as const;

const block = (at: number) =>
  `"connector":"postgresql","ts_ms":${1529507597000 + at},"snapshot":"false","db":"crm","schema":"public","table":"loyalty","txId":${at},"lsn":${at}`;

const envelope = ({ op, before, after, at }: Step, written: (member: Member) => string): string =>
  `{"before":${before ? written(before) : null},"after":${after ? written(after) : null},"source":{${block(at)}},"op":"${op}","ts_ms":1}`;

const fields = [
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
  { field: 'note', type: 'string', optional: true },
];
const row = (field: string) => ({
  type: 'struct',
  optional: true,
  name: 'crm.public.loyalty.Value',
  fields,
  field,
});
const schema = JSON.stringify({ type: 'struct', fields: [row('before'), row('after')] });

const keyed = (data: string): PutRecord => ({ partitionKey: '{"memberId":"M-1"}', data });

export const ways: readonly Way[] = [
  {
    name: 'Debezium with schema',
    source: debezium,
    table: 'public.loyalty',
    record: step => keyed(`{"schema":${schema},"payload":${envelope(step, member => member.debezium)}}`),
  },
  {
    name: 'Debezium without schema',
    source: debezium,
    table: 'public.loyalty',
    record: step => keyed(envelope(step, member => member.debezium)),
  },
  {
    name: 'Debezium of a table whose log carries old keys only',
    source: { kind: 'debezium', connector: 'postgresql' },
    table: 'public.loyalty',
    record: ({ before, ...step }) =>
      keyed(
        step.op === 'd'
          ? envelope(
              { ...step, before: before! },
              () => '{"memberId":"M-1","points":0,"credit":null,"note":null}',
            )
          : envelope(step, member => member.debezium),
      ),
  },
  {
    name: 'Debezium, flattened',
    source: { ...debezium, form: 'flattened' },
    table: 'public.loyalty',
    record: ({ op, before, after, at }) =>
      keyed(
        (after ?? before)!.debezium.replace(
          /\}$/,
          `,"__op":"${op}","__deleted":"${op === 'd'}","__schema":"public","__table":"loyalty","__lsn":${at},"__source_ts_ms":${1529507597000 + at}}`,
        ),
      ),
  },
  {
    name: 'Debezium as CloudEvent',
    source: { ...debezium, form: 'cloudevents' },
    table: 'public.loyalty',
    record: ({ op, before, after, at }) =>
      keyed(
        `{"specversion":"1.0","iodebeziumop":"${op}","iodebeziumconnector":"postgresql","iodebeziumschema":"public",
        "iodebeziumtable":"loyalty","iodebeziumtsms":"${1529507597000 + at}","iodebeziumsnapshot":"false","iodebeziumlsn":"${at}",
        "data":{"before":${before?.debezium ?? null},"after":${after?.debezium ?? null}}}`,
      ),
  },
  {
    name: 'DMS with before-images',
    source: { kind: 'dms', beforeImage: 'before' },
    table: 'public.loyalty',
    record: dms,
  },
  { name: 'DMS without', source: { kind: 'dms' }, table: 'public.loyalty', record: dms },
  {
    name: 'DynamoDB Streams',
    source: { kind: 'dynamodb', form: 'streams' },
    table: 'loyalty',
    record: step => {
      const arn = 'arn:aws:dynamodb:eu-central-1:1:table/loyalty/stream/2018';
      return { data: { ...itemChange(step), eventSourceARN: arn } };
    },
  },
  {
    name: 'DynamoDB over Kinesis',
    source: { kind: 'dynamodb', form: 'kinesis' },
    table: 'loyalty',
    record: step => {
      const { eventName, dynamodb } = itemChange(step);
      const ApproximateCreationDateTime = 1_529_507_597_000 + step.at;
      return {
        data: {
          ...{ awsRegion: 'eu-central-1', eventName, tableName: 'loyalty', recordFormat: 'application/json' },
          dynamodb: { ApproximateCreationDateTime, ...dynamodb },
          eventSource: 'aws:dynamodb',
        },
      };
    },
  },
];

function dms({ op, before, after, at }: Step): PutRecord {
  const operation = { c: 'insert', u: 'update', d: 'delete' }[op];
  const image = before ? `,"before":${before.dms}` : '';
  return keyed(
    `{"data":${(after ?? before)!.dms},"metadata":{"record-type":"data","operation":"${operation}",
    "schema-name":"public","table-name":"loyalty","timestamp":"2018-06-20T15:13:17.00000${at}Z"}${image}}`,
  );
}

function itemChange({ op, before, after }: Step): { readonly eventName: string; readonly dynamodb: object } {
  return {
    eventName: { c: 'INSERT', u: 'MODIFY', d: 'REMOVE' }[op],
    dynamodb: {
      Keys: { memberId: { S: 'M-1' } },
      ...(before && { OldImage: JSON.parse(before.dynamodb) }),
      ...(after && { NewImage: JSON.parse(after.dynamodb) }),
    },
  };
}
