import { type FaultConditions, faultsMet, type KnownFault } from '#shared/derive/faults-met.ts';
import { type CdcFeed, hasGrowingPositions, hasOutbox, hasTable } from '../contract/cdc-feed.ts';

/** A column's value is read by its field only where rows are mapped; an outbox’s payload is canonical already. */
const conditions: FaultConditions<CdcFeed> = {
  MISSING_VALUE: hasTable,
  NOT_A_NUMBER: hasTable,
  OUT_OF_RANGE: hasTable,
  NOT_A_DATE: hasTable,
  IMPOSSIBLE_TIME: hasTable,
  UNKNOWN_CODE: hasTable,
  WRONG_FORM: hasTable,
  MAPPING_FAILED: hasTable,
  TENANT_MISMATCH: feed => 'from' in feed.tenant,
  UNAVAILABLE_VALUE: feed => hasTable(feed) && feed.source.kind === 'debezium',
  SCHEMA_DRIFT: feed => hasTable(feed) && feed.drift === 'quarantine',
  POSITION_FELL: feed => hasGrowingPositions(feed) && feed.fallenPositions === 'stop',
  SETTINGS_DIFFER: ({ tables }) =>
    Object.values(tables).some(captured => captured.kind === 'table' && captured.probe !== undefined),
  TABLE_TRUNCATED: feed =>
    hasTable(feed) && feed.truncates === 'quarantine' && feed.source.kind !== 'dynamodb',
  UNKNOWN_EVENT_TYPE: hasOutbox,
};

/** The faults that a change of this feed can meet. */
export const feedFaults = (feed: CdcFeed): readonly KnownFault[] => faultsMet(feed, conditions);
