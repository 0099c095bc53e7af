import type { Connector, DebeziumSource } from '../../contract/cdc-source.ts';
import { type SourceBlock, totalOrder } from './debezium-source-block.ts';
import { positionOf } from './sequence.ts';

/** The name of a change, given its position in the log; undefined where its place on the stream must be part of the name. */
export type IdentityReader = (block: SourceBlock, snapshot: boolean, inLog: string) => string | undefined;

/** What names a change stays the same when the connector writes the record again. */
export function identityReader(source: DebeziumSource): IdentityReader {
  return source.orderedBy === 'stream' ? byFields(source) : byPosition(source);
}

/** What names a change of a row in the connector's log. In MongoDB changes of one transaction share what there is. */
const names: Readonly<Record<Connector, readonly string[]>> = {
  postgresql: ['lsn'],
  mysql: ['server_id', 'file', 'pos', 'row', totalOrder],
  mariadb: ['server_id', 'file', 'pos', 'row'],
  sqlserver: ['commit_lsn', 'change_lsn', 'event_serial_no'],
  oracle: ['scn', 'rs_id', 'ssn'],
  mongodb: [],
};

/** For changes that the stream orders: the place in the log, where the record tells it whole. */
function byFields({ connector, epoch }: DebeziumSource): IdentityReader {
  const fields = names[connector];
  return (block, snapshot) => {
    const parts = fields.map(name => block.text(name));
    return parts.length === 0 || parts.includes(undefined)
      ? undefined
      : positionOf(epoch, snapshot, parts as string[]);
  };
}

/** For changes that the log orders: their position, where two changes of a row never share it. */
function byPosition({ connector }: DebeziumSource): IdentityReader {
  const isShared = shared[connector];
  return (block, snapshot, inLog) => (isShared?.(block, snapshot) ? undefined : inLog);
}

/** Whether two changes of a row may stand at the record's position. */
const shared: Partial<Record<Connector, (block: SourceBlock, snapshot: boolean) => boolean>> = {
  // A read of an incremental snapshot has no position of its own.
  postgresql: (block, snapshot) => snapshot && block.text('lsn') === undefined,
  // The events within a compressed transaction all have its position, and no record says that its transaction is compressed.
  mysql: (block, snapshot) => !snapshot && block.text(totalOrder) === undefined,
  mongodb: block => block.text(totalOrder) === undefined && block.text('txnNumber') !== undefined,
};
