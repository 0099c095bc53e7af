import type { Fault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import type { CdcFeed } from '../../contract/cdc-feed.ts';
import { firstFault } from './first-fault.ts';
import type { RecordOrigin } from './record-origin.ts';
import type { StreamBatch, StreamRecord } from './stream-batch.ts';

/** One quarantined record, as it stands in the quarantine bucket: enough to see what is wrong, and to reprocess it as it came. */
export interface QuarantinedChange {
  readonly integration: string;
  readonly stream: string;
  readonly shard: string;
  readonly sequenceNumber: string;
  readonly arrivedAt: string;
  /** Of the contract that quarantined it: reprocessed, it keeps its place in the log as it was then. */
  readonly epoch: number;
  /** The first fault; `others` holds the rest. */
  readonly code: Fault['code'];
  readonly class: Fault['class'];
  readonly column: string | null;
  readonly detail: string;
  readonly remedy: string;
  readonly others: readonly Pick<Fault, 'code' | 'at' | 'detail' | 'remedy'>[];
  /** Where the record's bytes lie in the raw bucket. */
  readonly rawRef: string;
  /** The record's bytes. A record over the limit is truncated here; the raw bucket has all of it. */
  readonly rawBase64: string;
  readonly bytes: number;
  readonly truncated?: true;
  /** SHA-256 (hex) of all its bytes. */
  readonly sha256: string;
  /** Partition key or Kafka key. */
  readonly keyBase64: string | null;
  readonly headersBase64: Readonly<Record<string, string>>;
}

/** A record that cannot become an event: what was given, where its bytes are, and why. */
interface FaultyRecord {
  readonly record: StreamRecord;
  readonly origin: RecordOrigin;
  readonly faults: readonly Fault[];
  /** In which it was examined. */
  readonly epoch: number;
}

export function quarantinedChange(
  { id: integration }: CdcFeed,
  { stream, shard }: Pick<StreamBatch, 'stream' | 'shard'>,
  { record: given, origin, faults, epoch }: FaultyRecord,
): QuarantinedChange {
  const { sequenceNumber, arrivedAt, record } = given;
  const { code, class: faultClass, at, detail, remedy } = firstFault(faults);
  const kept = record.data.subarray(0, limits.changeRecordBytesMax);
  return {
    ...{ integration, stream, shard, sequenceNumber, arrivedAt, epoch },
    ...{ code, class: faultClass, detail, remedy },
    column: at.column ?? null,
    others: faults.slice(1).map(other => ({
      code: other.code,
      at: other.at,
      detail: other.detail,
      remedy: other.remedy,
    })),
    rawRef: origin.rawRef,
    rawBase64: base64(kept),
    bytes: record.data.length,
    ...(kept.length < record.data.length ? { truncated: true } : {}),
    sha256: origin.rawHash,
    keyBase64: record.key ? base64(record.key) : null,
    headersBase64: Object.fromEntries(
      Object.entries(record.headers ?? {}).map(([name, value]) => [name, base64(value)]),
    ),
  };
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
