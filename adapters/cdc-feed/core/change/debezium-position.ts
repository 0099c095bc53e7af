import type { DebeziumSource } from '../../contract/cdc-source.ts';
import type { ChangeRecord } from './change.ts';
import { byCommit, byRow, byStream, type Order } from './debezium-order.ts';
import type { SourceBlock } from './debezium-source-block.ts';
import { positionOf } from './sequence.ts';
import { type Read, Unreadable } from './unreadable.ts';

export type PositionReader = (block: SourceBlock, snapshot: boolean, record: ChangeRecord) => Read<string>;

/** Reads where a change stands in what the contract says it is ordered by: one of a row, or an outbox's row among others. */
export function positionReader(source: DebeziumSource, of: 'row' | 'outbox'): PositionReader {
  const { connector, epoch, orderedBy } = source;
  if (orderedBy === 'stream') return reader(epoch, byStream, 'stream position');
  return of === 'outbox'
    ? reader(epoch, byCommit[connector], `${connector} position with its commit`)
    : reader(epoch, byRow[connector], `${connector} position`);
}

const reader =
  (epoch: number | undefined, order: Order, what: string): PositionReader =>
  (block, snapshot, record) => {
    const parts = order(block, record, snapshot);
    return parts.includes(undefined)
      ? new Unreadable(`no ${what}, or not one`)
      : positionOf(epoch, snapshot, parts as string[]);
  };
