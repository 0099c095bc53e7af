import type { Connector, DebeziumSource } from '../../contract/cdc-source.ts';
import type { ChangeRecord } from './change.ts';
import type { SourceBlock } from './debezium-source-block.ts';
import { int64Digits, padded, positionOf, streamDigits } from './sequence.ts';
import { type Read, Unreadable } from './unreadable.ts';

/** Parts of a sequence in fixed width; undefined when the block does not carry them. */
type Order = (block: SourceBlock, record: ChangeRecord) => (string | undefined)[];

/** A WAL position: changes of one row have growing ones, because the row is locked until its transaction ends. */
const postgresql: Order = block => [padded(block.text('lsn'), int64Digits)];

/** `mysql-bin.000003`, position in it, row in the event. Starts over on another server: raise the epoch at fail-over. */
const binlog: Order = block => [
  padded(/\.(\d+)$/.exec(block.text('file') ?? '')?.[1], 10),
  padded(block.text('pos'), int64Digits),
  padded(block.text('row') ?? '0', 10),
];

const lsn = (text: string | undefined): string | undefined =>
  text !== undefined && /^[0-9a-f]{8}:[0-9a-f]{8}:[0-9a-f]{4}$/i.test(text) ? text.toLowerCase() : undefined;

/** Both LSNs are fixed-width hex. A snapshot has only the commit LSN it was taken at. */
const sqlserver: Order = block => [
  lsn(block.text('commit_lsn')),
  lsn(block.text('change_lsn') ?? (block.isSnapshot ? '00000000:00000000:0000' : undefined)),
  padded(block.text('event_serial_no') ?? '0', 10),
];

/** LogMiner's RS_ID, ` 0x00000b.00000024.0010 ` or without the prefix: hex of fixed width; other adapters have none. */
const redoAddress = (text: string | undefined): string | undefined =>
  /^[0-9a-f]{1,8}(?:\.[0-9a-f]{1,8}){0,2}$/
    .exec((text ?? '0').trim().toLowerCase().replace(/^0x/, ''))?.[0]
    .padStart(26, '0');

/** SCN of the commit, then of the change, then its place in the transaction or in the redo log. */
const oracle: Order = block => [
  padded(block.text('commit_scn') ?? block.text('scn'), int64Digits),
  padded(block.text('scn'), int64Digits),
  padded(block.text('txSeq') ?? '0', int64Digits),
  redoAddress(block.text('rs_id')),
  padded(block.text('ssn') ?? '0', 10),
];

/**
 * The oplog's timestamp: seconds (as ms) and ordinal within them; a snapshot may have -1 of them. Changes of one
 * transaction share it: their place in it decides, or where the connector does not tell that, their place in the stream.
 */
const mongodb: Order = (block, record) => {
  const place = block.text('txtotalorder');
  const parts = [
    padded(block.text('ts_ms'), int64Digits),
    padded(block.isSnapshot && block.text('ord') === '-1' ? '0' : block.text('ord'), 10),
    padded(place ?? '0', int64Digits),
  ];
  const isUntold = place === undefined && block.text('txnNumber') !== undefined;
  return isUntold ? [...parts, padded(record.streamSequence, streamDigits)] : parts;
};

const orders: Readonly<Record<Connector, Order>> = {
  postgresql,
  mysql: binlog,
  mariadb: binlog,
  sqlserver,
  oracle,
  mongodb,
};

/** Reads where a change stands in what the contract says it is ordered by. */
export function positionReader(
  source: DebeziumSource,
): (block: SourceBlock, snapshot: boolean, record: ChangeRecord) => Read<string> {
  const { connector, epoch, orderedBy } = source;
  const order = orders[connector];
  const what = orderedBy === 'stream' ? 'stream' : connector;
  return (block, snapshot, record) => {
    const parts =
      orderedBy === 'stream' ? [padded(record.streamSequence, streamDigits)] : order(block, record);
    return parts.includes(undefined)
      ? new Unreadable(`no ${what} position, or not one`)
      : positionOf(epoch, snapshot, parts as string[]);
  };
}
