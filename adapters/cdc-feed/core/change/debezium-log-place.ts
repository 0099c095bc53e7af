import { limits } from '#shared/contract/limits.ts';
import type { Connector, DebeziumSource } from '../../contract/cdc-source.ts';
import type { ChangeRecord, LogPlace } from './change.ts';
import { commitBefore, lsn, placeInBinlog } from './debezium-order.ts';
import type { SourceBlock } from './debezium-source-block.ts';
import { databaseTime } from './debezium-time.ts';
import { int64Digits, padded, streamDigits } from './sequence.ts';
import { sortableInstant } from './sortable-instant.ts';

/** Where the log of a connector stood; undefined where the record does not show it, or the log has no places that only grow. */
export type LogPlaceReader = (block: SourceBlock, record: ChangeRecord) => LogPlace | undefined;

export function logPlaceReader({ connector, orderedBy }: DebeziumSource): LogPlaceReader {
  if (orderedBy === 'stream') return byStream;
  const positionOf = positions[connector];
  if (!positionOf) return () => undefined;
  return block => {
    const parts = positionOf(block);
    return parts.includes(undefined)
      ? undefined
      : { log: logOf(connector, block), position: parts.join('.'), signs: signsIn(connector, block) };
  };
}

const byStream: LogPlaceReader = (block, { streamSequence }) => {
  const position = padded(streamSequence, streamDigits);
  return position === undefined ? undefined : { log: '', position, signs: timeIn(block) };
};

/**
 * Parts of a position that grows with each commit. The place of a change itself does not in PostgreSQL and Oracle: transactions
 * side by side write theirs in any order. MongoDB's is a time, so it has no other sign of being new.
 */
const positions: Partial<Record<Connector, (block: SourceBlock) => (string | undefined)[]>> = {
  postgresql: block => [padded(commitBefore(block), int64Digits)],
  mysql: placeInBinlog,
  mariadb: placeInBinlog,
  sqlserver: block => [lsn(block.text('commit_lsn'))],
  oracle: block => [padded(block.text('commit_scn'), int64Digits)],
};

/** Each connector has a log of its own; each database of an SQL Server too. */
const logOf = (connector: Connector, block: SourceBlock): string =>
  [block.text('name'), connector === 'sqlserver' ? block.text('db') : undefined]
    .filter(Boolean)
    .join('/')
    .slice(0, limits.logNameCharactersMax);

const signsIn = (connector: Connector, block: SourceBlock): LogPlace['signs'] =>
  connector === 'mysql' || connector === 'mariadb'
    ? { ...timeIn(block), ...serverIn(block), ...transactionIn(block) }
    : timeIn(block);

function timeIn(block: SourceBlock): LogPlace['signs'] {
  const time = databaseTime(block);
  return typeof time === 'string' ? { time: sortableInstant(time) } : {};
}

/** The server that executed the transaction; its number says nothing of when. */
function serverIn(block: SourceBlock): LogPlace['signs'] {
  const id = block.text('server_id');
  return id === undefined || id === '0' ? {} : { [`server ${id.slice(0, limits.logNameCharactersMax)}`]: '' };
}

/** `<server>:<number>` of MySQL, `<domain>-<server>-<number>` of MariaDB. */
function transactionIn(block: SourceBlock): LogPlace['signs'] {
  const [, origin, number] = /^(.{1,200})[:-](\d+)$/.exec(block.text('gtid') ?? '') ?? [];
  const digits = padded(number, int64Digits);
  return digits === undefined ? {} : { [`transactions of ${origin}`]: digits };
}
