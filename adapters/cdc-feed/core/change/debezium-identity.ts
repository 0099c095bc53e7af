import type { Connector, DebeziumSource } from '../../contract/cdc-source.ts';
import type { SourceBlock } from './debezium-source-block.ts';
import { positionOf } from './sequence.ts';

/** What names a change of a row in the connector's log. In MongoDB changes of one transaction share what there is. */
const names: Readonly<Record<Connector, readonly string[]>> = {
  postgresql: ['lsn'],
  mysql: ['server_id', 'file', 'pos', 'row'],
  mariadb: ['server_id', 'file', 'pos', 'row'],
  sqlserver: ['commit_lsn', 'change_lsn', 'event_serial_no'],
  oracle: ['scn', 'rs_id', 'ssn'],
  mongodb: [],
};

export type IdentityReader = (block: SourceBlock, snapshot: boolean) => string | undefined;

/**
 * What names a change that its stream orders: the place in the log, which stays the same when the connector writes the record
 * again. Undefined where the record does not tell it whole; none for changes that the log orders, whose position it is.
 */
export function identityReader({ connector, epoch, orderedBy }: DebeziumSource): IdentityReader | undefined {
  const fields = names[connector];
  if (orderedBy !== 'stream' || fields.length === 0) return undefined;
  return (block, snapshot) => {
    const parts = fields.map(name => block.text(name));
    return parts.includes(undefined) ? undefined : positionOf(epoch, snapshot, parts as string[]);
  };
}
