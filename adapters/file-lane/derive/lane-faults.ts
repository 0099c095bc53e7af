import { type FaultConditions, faultsMet, type KnownFault } from '#shared/derive/faults-met.ts';
import type { FileLane } from '../contract/file-lane.ts';
import { needsSignatureBeside, usesPgp } from '../contract/file-security.ts';

const takesCorrections = ({ maxInvalidShare }: FileLane): boolean => maxInvalidShare > 0;

const conditions: FaultConditions<FileLane> = {
  ROW_NOT_REJECTED: takesCorrections,
  ROW_CORRECTED_BEFORE: takesCorrections,
  CELL_REWRITTEN: takesCorrections,
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
  KEYS_UNUSABLE: lane => usesPgp(lane.delivery.security),
  MANIFEST_MISMATCH: lane => lane.delivery.startsOn === 'manifest' || lane.dialect.trailer !== undefined,
  CONTROL_TOTAL_MISMATCH: lane => lane.controlTotals.length > 0,
  MISSING_TRAILER: lane => lane.dialect.trailer !== undefined,
  TOO_MANY_INVALID_ROWS: lane => lane.maxInvalidShare < 1,
  TENANT_MISMATCH: lane => 'from' in lane.tenant,
  DUPLICATE_CONFLICT: lane => lane.version !== undefined || lane.writeOnce !== undefined,
  MISSING_COLUMN: lane => lane.dialect.header === 'by-name',
  DUPLICATE_COLUMN: lane => lane.dialect.header === 'by-name',
  HEADER_ONLY: lane => lane.dialect.header === 'by-name',
  CORRECTION_AS_NEW_FILE: lane => lane.dialect.header === 'by-name',
  UNCLOSED_QUOTE: lane => lane.dialect.quote !== false,
  MISPLACED_QUOTE: lane => lane.dialect.quote !== false,
  TOO_MANY_UNCLOSED_QUOTES: lane => lane.dialect.quote !== false,
};

/** The faults that a file of this lane can meet. */
export const laneFaults = (lane: FileLane): readonly KnownFault[] => faultsMet(lane, conditions);
