import type { CdcFeed } from '../contract/define-cdc-feed.ts';
import type { FileLane } from '../contract/define-file-lane.ts';
import type { WebhookFence } from '../contract/define-webhook-fence.ts';
import { type FaultCode, faultKinds } from '../contract/fault.ts';
import { isSealed, needsSignatureBeside } from '../contract/file-security.ts';
import { traitsOf } from '../contract/webhook-traits.ts';
import { hasTable, type Integration } from './integration.ts';

/** A fault code with all that is said of it. */
export type KnownFault = (typeof faultKinds)[FaultCode] & { readonly code: FaultCode };

/** Codes that only some integrations of a kind can meet; all others concern every one of that kind. */
type Conditions<I> = Partial<Record<FaultCode, (integration: I) => boolean>>;

const ofLanes: Conditions<FileLane> = {
  BROKEN_ARCHIVE: lane => lane.delivery.compression.length > 0,
  EXPANDS_TOO_MUCH: ({ delivery }) =>
    delivery.compression.length > 0 || delivery.security.encryption !== undefined,
  ARCHIVE_NOT_ONE_FILE: lane => lane.delivery.compression.includes('zip'),
  CHECKSUM_MISMATCH: lane => lane.delivery.startsOn !== 'data',
  ANNOUNCEMENT_MISSING: lane => lane.delivery.startsOn !== 'data',
  BROKEN_SIDECAR: lane => lane.delivery.startsOn !== 'data',
  DATA_MISSING: ({ delivery }) => delivery.startsOn !== 'data' || needsSignatureBeside(delivery.security),
  DECRYPTION_FAILED: lane => lane.delivery.security.encryption !== undefined,
  SIGNATURE_MISSING: lane => lane.delivery.security.signing !== undefined,
  SIGNATURE_INVALID: lane => lane.delivery.security.signing !== undefined,
  KEYS_UNUSABLE: lane => isSealed(lane.delivery.security),
  MANIFEST_MISMATCH: lane => lane.delivery.startsOn === 'manifest' || lane.dialect.trailer !== undefined,
  CONTROL_TOTAL_MISMATCH: lane => lane.controlTotals.length > 0,
  MISSING_TRAILER: lane => lane.dialect.trailer !== undefined,
  TOO_MANY_INVALID_ROWS: lane => lane.maxInvalidShare < 1,
  TENANT_MISMATCH: lane => 'from' in lane.tenant,
  DUPLICATE_CONFLICT: lane => lane.duplicates === 'row',
  MISSING_COLUMN: lane => lane.dialect.header === 'by-name',
  DUPLICATE_COLUMN: lane => lane.dialect.header === 'by-name',
  HEADER_ONLY: lane => lane.dialect.header === 'by-name',
  UNCLOSED_QUOTE: lane => lane.dialect.quote !== false,
  MISPLACED_QUOTE: lane => lane.dialect.quote !== false,
  TOO_MANY_UNCLOSED_QUOTES: lane => lane.dialect.quote !== false,
};

const ofFences: Conditions<WebhookFence> = {
  TENANT_MISMATCH: fence => 'from' in fence.tenant,
  // Named by the very content that it is held to, a delivery only ever agrees with itself.
  DUPLICATE_CONFLICT: ({ idempotency, payloadHash, scheme }) =>
    idempotency.key !== 'content' ||
    (payloadHash === 'body' && ['form', 'fields'].includes(traitsOf(scheme).covers)),
};

/** A column's value is read by its field only where rows are mapped; an outbox’s payload is canonical already. */
const ofFeeds: Conditions<CdcFeed> = {
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
  TABLE_TRUNCATED: feed =>
    hasTable(feed) && feed.truncates === 'quarantine' && feed.source.kind !== 'dynamodb',
  UNKNOWN_EVENT_TYPE: feed => Object.values(feed.tables).some(captured => captured.kind === 'outbox'),
};

/** Whether a known delivery can come back with other content. */
export const canConflict = (fence: WebhookFence): boolean => ofFences.DUPLICATE_CONFLICT!(fence);

/** The faults that an integration can meet, in the order of the table of codes. */
export function faultsOf(integration: Integration): readonly KnownFault[] {
  const mayMeet = conditionsOf(integration);
  return (Object.keys(faultKinds) as FaultCode[])
    .filter(code => faultKinds[code].kinds.includes(integration.kind) && mayMeet(code))
    .map(code => ({ ...faultKinds[code], code }));
}

function conditionsOf(integration: Integration): (code: FaultCode) => boolean {
  switch (integration.kind) {
    case 'file-lane':
      return code => ofLanes[code]?.(integration) ?? true;
    case 'webhook-fence':
      return code => ofFences[code]?.(integration) ?? true;
    case 'cdc-feed':
      return code => ofFeeds[code]?.(integration) ?? true;
  }
}
