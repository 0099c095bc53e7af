import type { DebeziumSource } from '../../contract/cdc-source.ts';
import type { ChangeRecord } from './change.ts';
import { identityReader } from './debezium-identity.ts';
import { byCommit, byPlace, byRow, type Order } from './debezium-order.ts';
import type { SourceBlock } from './debezium-source-block.ts';
import { padded, positionOf, streamDigits } from './sequence.ts';
import { type Read, Unreadable } from './unreadable.ts';

/** Where a change stands, and what names it in its log; see `Change`. */
export interface Place {
  readonly position: string;
  readonly identity: string | undefined;
}

export type PlaceReader = (block: SourceBlock, snapshot: boolean, record: ChangeRecord) => Read<Place>;

/** Reads where a change stands in what the contract says it is ordered by: one of a row, or an outbox's row among others. */
export function placeReader(source: DebeziumSource, of: 'row' | 'outbox'): PlaceReader {
  const { connector, orderedBy } = source;
  if (orderedBy === 'stream') return reader(source, { order: () => [], what: 'stream position' });
  return of === 'outbox'
    ? reader(source, { order: byCommit[connector], what: `${connector} position with its commit` })
    : reader(source, { order: byRow[connector], name: byPlace[connector], what: `${connector} position` });
}

/** What orders changes, what names them in the log (default the same), and both in words. */
interface Reading {
  readonly order: Order;
  readonly name?: Order;
  readonly what: string;
}

/**
 * The place on the stream is the last part: changes that stand at one place of the log have sequences that differ, in the order in
 * which the connector wrote them.
 */
function reader(source: DebeziumSource, { order, name = order, what }: Reading): PlaceReader {
  const { epoch, orderedBy } = source;
  const identityOf = identityReader(source);
  const isMissing = new Unreadable(`no ${what}, or not one`);
  return (block, snapshot, record) => {
    const inLog = order(block, snapshot);
    const parts = isNeeded(orderedBy, record)
      ? [...inLog, padded(record.streamSequence, streamDigits)]
      : inLog;
    if (!areTold(parts) || !areTold(inLog)) return isMissing;
    const position = positionOf(epoch, snapshot, parts);
    const named = name === order ? inLog : name(block, snapshot);
    if (!areTold(named)) return isMissing;
    const identity = identityOf(block, snapshot, positionOf(epoch, snapshot, named));
    return { position, identity: identity === position ? undefined : identity };
  };
}

/** Records that came by no stream, as in tests, have no place on one. */
const isNeeded = (orderedBy: DebeziumSource['orderedBy'], { streamSequence }: ChangeRecord): boolean =>
  orderedBy === 'stream' || streamSequence !== undefined;

const areTold = (parts: readonly (string | undefined)[]): parts is readonly string[] =>
  !parts.includes(undefined);
