import { hash } from 'node:crypto';
import type { CdcFeed } from '../contract/cdc-feed.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Where and when a change is written into the log. */
export interface LogMoment {
  /** Higher than all that were written before; a safe integer. */
  readonly position: number;
  /** Epoch milliseconds. */
  readonly committedAt: number;
  /** Makes the rows of an outbox, and the items of a table in DynamoDB, new. */
  readonly token: string;
  readonly isOtherTable?: boolean;
}

/**
 * A sample's record as the log would have it at another place and time. Undefined for a form that is not played: flattened records and
 * CloudEvents of Debezium, and Kinesis records of DynamoDB.
 */
export function changeAt(feed: Pick<CdcFeed, 'source'>, data: unknown, at: LogMoment): unknown {
  if (!isFields(data)) return undefined;
  switch (feed.source.kind) {
    case 'debezium':
      return debeziumAt(feed, data, at);
    case 'dms':
      return dmsAt(data, at);
    case 'dynamodb':
      return feed.source.form === 'streams' ? dynamoDbAt(data, at) : undefined;
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Only fields that are there are changed. */
const replaced = (fields: Fields, values: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      value !== null && values[name] !== undefined ? values[name] : value,
    ]),
  );

const otherTable = 'simulated_unknown';

function debeziumAt(feed: Pick<CdcFeed, 'source'>, data: Fields, at: LogMoment): Fields | undefined {
  if (isFields(data.payload)) {
    const payload = debeziumAt(feed, data.payload, at);
    return payload && { ...data, payload };
  }
  if (!isFields(data.source)) return undefined;
  const table = at.isOtherTable ? { table: otherTable, collection: otherTable } : {};
  return {
    ...replaced(data, { ts_ms: at.committedAt, ts_us: at.committedAt * 1000 }),
    after: freshOutboxRow(feed, data.after, at.token),
    source: replaced(data.source, { ...placeInLog(data.source, at), ...table }),
  };
}

/** All that connectors write of a place; a record has those of its own connector. */
function placeInLog(source: Fields, { position, committedAt }: LogMoment): Fields {
  const hex = position.toString(16).padStart(16, '0');
  const lsn = `${hex.slice(0, 8)}:${hex.slice(8)}:0001`;
  const withNumber = (name: string, number: number) =>
    String(source[name] ?? '').replace(/\d+$/, String(number));
  return {
    ...{ ts_ms: committedAt, ts_us: committedAt * 1000, ts_ns: committedAt * 1_000_000 },
    ...{ lsn: position, sequence: JSON.stringify([String(position - 1), String(position)]) },
    ...{ txId: typeof source.txId === 'number' ? position % 2 ** 31 : String(position) },
    ...{ file: withNumber('file', 900_000), pos: position, gtid: withNumber('gtid', position) },
    ...{ commit_lsn: lsn, change_lsn: lsn, scn: String(position), commit_scn: String(position) },
    ord: position % 1_000_000_000,
  };
}

function freshOutboxRow({ source }: Pick<CdcFeed, 'source'>, row: unknown, token: string): unknown {
  const outbox = Object.values(source.entities).find(entity => entity.outbox)?.outbox;
  return outbox && isFields(row) ? replaced(row, { [outbox.id]: uuidOf(token) }) : row;
}

const uuidOf = (token: string): string =>
  hash('sha256', token).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');

function dmsAt(data: Fields, { position, committedAt, isOtherTable }: LogMoment): Fields | undefined {
  if (!isFields(data.metadata)) return undefined;
  const time = new Date(committedAt).toISOString().replace('Z', '000Z');
  return {
    ...data,
    metadata: replaced(data.metadata, {
      ...{ timestamp: time, 'commit-timestamp': time, 'transaction-id': position },
      ...(isOtherTable && { 'table-name': otherTable.toUpperCase() }),
    }),
  };
}

/** The text of each key gets the token. */
function dynamoDbAt(data: Fields, { token }: LogMoment): Fields | undefined {
  const { dynamodb } = data;
  if (!isFields(dynamodb) || !isFields(dynamodb.Keys)) return undefined;
  const keys = Object.keys(dynamodb.Keys);
  const fresh = (image: unknown) =>
    isFields(image)
      ? Object.fromEntries(
          Object.entries(image).map(([name, value]) => [
            name,
            keys.includes(name) && isFields(value) && typeof value.S === 'string'
              ? { S: `${value.S}-${token.slice(0, 8)}` }
              : value,
          ]),
        )
      : image;
  return {
    ...data,
    dynamodb: { ...dynamodb, Keys: fresh(dynamodb.Keys), NewImage: fresh(dynamodb.NewImage) },
  };
}
