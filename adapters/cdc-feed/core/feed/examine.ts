import { type Fault, fault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import type { CdcFeed } from '../../contract/cdc-feed.ts';
import {
  type Change,
  type ChangeRecord,
  type Decoded,
  isChange,
  isSkipped,
  type LogPlace,
} from '../change/change.ts';
import { decoder } from '../change/decode.ts';
import { attempt, Failed } from './attempt.ts';
import { changeEvents } from './change-events.ts';
import { type ChangeEvents, faulty, skipped } from './change-result.ts';
import { type Drift, driftFault, driftFinder, holdsDocuments, unreadableColumn } from './drift.ts';
import { probeReader } from './probe.ts';
import type { RecordOrigin } from './record-origin.ts';

/** What one record holds, and how its table differs from the contract. */
export interface Examined {
  readonly result: ChangeEvents;
  readonly drift?: Drift | undefined;
  /** Where its log stood. */
  readonly logPlace?: LogPlace | undefined;
}

export type Examine = (record: ChangeRecord, origin: RecordOrigin) => Examined;

/**
 * Reads a feed's records: size, decoding, drift, events. Pure; nothing that a record holds makes it throw: a fault of ours
 * puts one record aside, with our own fault's name, and does not hold up those behind it.
 */
export function examiner(feed: CdcFeed): Examine {
  const decode = decoder(feed.source);
  const eventsOf = changeEvents(feed);
  const documents = holdsDocuments(feed.source);
  const finders = new Map(
    Object.entries(feed.tables).flatMap(([name, captured]) =>
      captured.kind === 'table' ? [[name, driftFinder(name, captured, { documents })] as const] : [],
    ),
  );
  const probes = new Map(
    Object.entries(feed.tables).flatMap(([name, captured]) =>
      captured.kind === 'table' && captured.probe
        ? [[name, probeReader(captured, captured.probe)] as const]
        : [],
    ),
  );
  const examine: Examine = (record, origin) => {
    const { length } = record.data;
    if (length > limits.changeRecordBytesMax)
      return { result: faulty(fault('RECORD_TOO_LONG', {}, `the record takes ${length} bytes`)) };
    const decoded = decode(record);
    if (!isChange(decoded)) return unchanged(feed, decoded);
    const drift = finders.get(decoded.entity)?.(decoded);
    const { logPlace } = decoded;
    const probed = probes.get(decoded.entity)?.(decoded);
    if (probed) return { result: probed, drift, logPlace };
    if (drift && feed.drift === 'quarantine') return { result: faulty(driftFault(drift)), drift, logPlace };
    return { result: eventsOf(decoded, origin), drift, logPlace };
  };
  return (record, origin) => {
    const examined = attempt(() => examine(record, origin), 'the reading of the record');
    return examined instanceof Failed ? { result: faulty(examined.fault) } : examined;
  };
}

function unchanged(feed: CdcFeed, decoded: Exclude<Decoded, Change>): Examined {
  if (isSkipped(decoded)) return { result: skipped(decoded.reason) };
  return { result: faulty(decoded), drift: columnDrift(feed, decoded) };
}

/** A declared column whose value cannot be decoded. The fault names no table; columns that several have stay untold. */
function columnDrift(feed: CdcFeed, { at }: Fault): Drift | undefined {
  const column = at.column?.split('.')[0];
  if (column === undefined) return undefined;
  const having = Object.entries(feed.tables).filter(
    ([, captured]) => captured.kind === 'table' && Object.hasOwn(captured.columns, column),
  );
  const [only] = having;
  return only && having.length === 1 && only[1].kind === 'table'
    ? unreadableColumn(only[0], only[1], column)
    : undefined;
}
