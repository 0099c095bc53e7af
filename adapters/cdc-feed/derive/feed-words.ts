import type { EventContract } from '#shared/contract/define-event.ts';
import { code } from '#shared/derive/markdown.ts';
import type { CdcFeed } from '../contract/cdc-feed.ts';
import type { ColumnType, Connector, DebeziumSource } from '../contract/cdc-source.ts';
import { type Captured, isEvent, type NoEvent } from '../contract/cdc-table.ts';

/** A feed's source, stream and changes in words that an operator and whoever runs the database read. */

/** What people call the databases. */
export const connectorNames: Readonly<Record<Connector, string>> = {
  postgresql: 'PostgreSQL',
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  sqlserver: 'SQL Server',
  oracle: 'Oracle',
  mongodb: 'MongoDB',
};

const forms: Readonly<Record<NonNullable<DebeziumSource['form']>, string>> = {
  envelope: 'its own envelope',
  flattened: 'flattened by `ExtractNewRecordState`',
  cloudevents: 'structured CloudEvents',
};

/** How Debezium’s records are written. */
export const debeziumForm = ({ form = 'envelope' }: DebeziumSource): string => `JSON, ${forms[form]}`;

/** What writes the changes. */
export function sourceInWords({ source }: CdcFeed): string {
  if (source.kind === 'debezium')
    return `Debezium’s connector for ${connectorNames[source.connector]} (${debeziumForm(source)})`;
  if (source.kind === 'dms') return 'AWS DMS (JSON)';
  return source.form === 'streams' ? 'DynamoDB Streams' : 'Kinesis Data Streams for DynamoDB';
}

/** What carries them. */
export function streamInWords({ stream }: CdcFeed): string {
  if (stream.kind === 'kinesis') return `the Kinesis data stream ${code(`${stream.name}-<stage>`)}`;
  return stream.kind === 'dynamodb'
    ? `the stream of the DynamoDB table ${code(stream.table)}`
    : `the Kafka topics ${stream.topics.map(code).join(', ')}`;
}

/** A column’s type as the log has it. */
export function typeInWords(type: ColumnType): string {
  switch (type.kind) {
    case 'integer':
      return type.unsigned ? 'integer, unsigned' : 'integer';
    case 'decimal':
      return type.scale === undefined ? 'decimal' : `decimal, ${type.scale} fraction digits`;
    case 'bits':
      return `${type.length} bits`;
    case 'time':
    case 'timestamp':
    case 'interval':
      return `${type.kind} in ${type.unit}`;
    case 'array':
      return `array of ${typeInWords(type.of)}`;
    default:
      return type.kind;
  }
}

/** What becomes of each kind of change of a table. */
export const changeRows = (feed: CdcFeed, captured: Captured): string[][] =>
  captured.kind === 'outbox' ? outboxRows(feed, captured.events) : tableRows(feed, captured.events);

interface TableEvents {
  readonly created: EventContract | NoEvent;
  readonly updated: EventContract | NoEvent;
  readonly deleted: EventContract | NoEvent;
}

const tableRows = (feed: CdcFeed, events: TableEvents): string[][] => [
  ['insert', eventOrWhy(events.created)],
  [
    'update',
    `${eventOrWhy(events.updated)}${isEvent(events.updated) ? '; nothing where no canonical value changed' : ''}`,
  ],
  ['delete', eventOrWhy(events.deleted)],
  ...(feed.source.kind === 'dynamodb'
    ? [['expiry', feed.expiries === 'skip' ? 'skipped' : eventOrWhy(events.deleted)]]
    : [
        [
          'row read by a snapshot',
          feed.snapshots === 'skip' ? 'skipped' : eventOrWhy(events[feed.snapshots]),
        ],
        ['truncate', truncateInWords(feed)],
      ]),
];

/** What becomes of a TRUNCATE. */
const truncateInWords = ({ truncates }: CdcFeed): string =>
  truncates === 'skip' ? 'skipped' : 'quarantined as TABLE_TRUNCATED: it names no row';

const outboxRows = (feed: CdcFeed, events: Readonly<Record<string, EventContract>>): string[][] => [
  ...Object.entries(events).map(([type, event]) => [`insert of type ${code(type)}`, code(event.type)]),
  ['insert of any other type', 'quarantined as UNKNOWN_EVENT_TYPE'],
  ['update', 'quarantined as UNKNOWN_OPERATION: a row is written once'],
  ['delete, truncate', 'skipped: rows may be cleaned up'],
  ['row read by a snapshot', feed.snapshots === 'skip' ? 'skipped' : 'as its insert, under the same id'],
];

const eventOrWhy = (given: EventContract | NoEvent): string =>
  isEvent(given) ? code(given.type) : `skipped: ${given.skip}`;

/** What becomes of changes of a table that has other columns than agreed. */
export const driftInWords = ({ drift }: CdcFeed): string =>
  drift === 'continue'
    ? 'a new column is ignored and a vanished one is null, until the contract is changed'
    : 'changes with a new column, or without an agreed one, are quarantined until the contract is changed';
