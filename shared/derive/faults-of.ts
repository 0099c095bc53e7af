import type { FileLane } from '../contract/define-file-lane.ts';
import { type FaultCode, faultKinds } from '../contract/fault.ts';
import { isSealed, needsSignatureBeside } from '../contract/file-security.ts';

type Kind = (typeof faultKinds)[FaultCode];

/** Codes that only some lanes can meet; all others concern every lane. */
const onlyWhen: Partial<Record<FaultCode, (lane: FileLane) => boolean>> = {
  BROKEN_ARCHIVE: lane => lane.delivery.compression.length > 0,
  EXPANDS_TOO_MUCH: ({ delivery }) =>
    delivery.compression.length > 0 || delivery.security.encryption !== undefined,
  ARCHIVE_NOT_ONE_FILE: lane => lane.delivery.compression.includes('zip'),
  CHECKSUM_MISMATCH: lane => lane.delivery.startsOn !== 'data',
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

/** Codes of change feeds. */
const ofFeeds: readonly FaultCode[] = [
  'UNDECODABLE_CHANGE',
  'UNKNOWN_OPERATION',
  'UNKNOWN_ENTITY',
  'UNKNOWN_COLUMN_TYPE',
  'MISSING_KEY',
];

/** Codes of webhook fences. */
const ofFences: readonly FaultCode[] = ['UNREADABLE_PAYLOAD', 'INVALID_PAYLOAD', 'UNKNOWN_DELIVERY'];

/** The faults that a lane can meet, in the order of the table of codes. */
export const faultsOf = (lane: FileLane): readonly (Kind & { readonly code: FaultCode })[] =>
  (Object.keys(faultKinds) as FaultCode[])
    .filter(code => !ofFeeds.includes(code) && !ofFences.includes(code) && (onlyWhen[code]?.(lane) ?? true))
    .map(code => ({ ...faultKinds[code], code }));
