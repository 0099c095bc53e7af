import type { Connector } from '../../contract/cdc-source.ts';
import { type SourceBlock, totalOrder } from './debezium-source-block.ts';
import { int64Digits, padded } from './sequence.ts';

/** Parts of a sequence in fixed width; undefined when the block does not carry them. */
export type Order = (block: SourceBlock, snapshot: boolean) => (string | undefined)[];
type Orders = Readonly<Record<Connector, Order>>;

/** A WAL position. Rows written by one COPY share one. */
const walPosition: Order = (block, snapshot) => {
  const lsn = block.text('lsn');
  return snapshot && lsn === undefined ? incrementalRead(block) : [padded(lsn, int64Digits)];
};

/**
 * A read of an incremental snapshot has no `lsn` of its own. Its `sequence` says how far the connector had read the log, which
 * many reads share: their place on the stream tells them apart.
 */
const incrementalRead = (block: SourceBlock): (string | undefined)[] => [
  padded(/"(\d+)"\]$/.exec(block.text('sequence') ?? '')?.[1] ?? '0', int64Digits),
];

/**
 * Rows that are written once are locked by nobody: of two transactions side by side, the one that wrote first may commit last.
 * So the last commit before the change's transaction decides, then its WAL position.
 */
const postgresqlCommits: Order = (block, snapshot) => [
  padded(snapshot ? '0' : commitBefore(block), int64Digits),
  ...walPosition(block, snapshot),
];

/**
 * The same for rows, as far as the record tells the commit. A row is locked until its transaction ends, its key is not: an insert
 * writes its row into the log, waits for the transaction that deletes the row that has its key, and commits after it, with the
 * lower WAL position of the two.
 */
const postgresqlRows: Order = (block, snapshot) => {
  if (snapshot) return walPosition(block, snapshot);
  const [commit, wal] = postgresqlCommits(block, snapshot);
  return commit === undefined ? [wal] : [commit, wal];
};

/**
 * The first of `["<LSN of the last commit>","<LSN of the change>"]`. It is null until the connector has seen a commit, also when
 * it begins again without its offsets: then the change's own place stands for it, which is below the commit of its transaction,
 * so that what follows is newer, and above most that came before.
 */
export function commitBefore(block: SourceBlock): string | undefined {
  const sequence = block.text('sequence') ?? '';
  if (sequence.startsWith('[null,')) return block.text('lsn');
  const end = sequence.indexOf('","');
  return end > 0 && sequence.startsWith('["') ? sequence.slice(2, end) : undefined;
}

/** `mysql-bin.000003`, and the position in it. Another server has other files. */
export const placeInBinlog = (block: SourceBlock): (string | undefined)[] => [
  padded(/\.(\d+)$/.exec(block.text('file') ?? '')?.[1], 10),
  padded(block.text('pos'), int64Digits),
];

/** The same, and the row in the event. */
const binlog: Order = block => [...placeInBinlog(block), padded(block.text('row') ?? '0', 10)];

/** The events within a compressed transaction all have its position: their place in the transaction decides, where it is told. */
const mysql: Order = (block, snapshot) => [...binlog(block, snapshot), ...placeInTransaction(block)];

const placeInTransaction = (block: SourceBlock): (string | undefined)[] => {
  const place = block.text(totalOrder);
  return place === undefined ? [] : [padded(place, int64Digits)];
};

export const lsn = (text: string | undefined): string | undefined =>
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

/** The same, never without the commit's own. */
const oracleCommits: Order = (block, snapshot) =>
  snapshot || block.text('commit_scn') ? oracle(block, snapshot) : [undefined];

/**
 * The oplog's timestamp: seconds (as ms) and ordinal within them; a snapshot may have -1 of them. Changes of one
 * transaction share it: their place in it decides, where the connector tells it.
 */
const mongodb: Order = block => [
  padded(block.text('ts_ms'), int64Digits),
  padded(block.isSnapshot && block.text('ord') === '-1' ? '0' : block.text('ord'), 10),
  padded(block.text(totalOrder) ?? '0', int64Digits),
];

/** What names a change of a row: its place in the log, whatever was committed before it. */
export const byPlace: Orders = {
  postgresql: walPosition,
  mysql,
  mariadb: binlog,
  sqlserver,
  oracle,
  mongodb,
};

/** Orders changes of one row. */
export const byRow: Orders = { ...byPlace, postgresql: postgresqlRows };

/** Orders rows among each other, by the commits of their transactions. The other logs are written in their order anyway. */
export const byCommit: Orders = { ...byRow, postgresql: postgresqlCommits, oracle: oracleCommits };
